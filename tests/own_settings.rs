//! What a user makes of the program while using it: widths of panels, keyword groups, and where they are found in the next run.

#[allow(dead_code, reason = "the stage is made for all whole-screen tests")]
mod support;

use crossterm::event::{MouseButton, MouseEventKind};
use support::stage::Stage;
use yilan::testing::app::session::Session;
use yilan::testing::app::{Effect, Look};
use yilan::testing::corpus::load;

fn widths(stage: &Stage) -> (u16, u16, u16) {
    let layout = stage.app.layout();
    (layout.cities.unwrap().width, layout.page.unwrap().width, layout.keywords.unwrap().width)
}

#[test]
fn panels_are_made_wider_by_keys_and_mouse_and_stay_so() {
    let mut stage = Stage::new(140, 40);
    let (cities, page, terms) = widths(&stage);
    stage.keys("w + +");
    assert_eq!(widths(&stage), (cities, page - 4, terms + 4));
    stage.keys("tab _ ctrl-left");
    assert_eq!(widths(&stage), (cities - 4, page, terms + 4));
    // The page takes from the keywords.
    stage.keys("tab ctrl-right");
    assert_eq!(widths(&stage), (cities - 4, page + 2, terms + 2));
    // The line beside the city list, dragged to the right; then to where there is no room.
    let (left, drag) = (MouseButton::Left, MouseEventKind::Drag(MouseButton::Left));
    stage.mouse(MouseEventKind::Down(left), cities - 4, 10);
    stage.mouse(drag, 40, 12);
    assert_eq!(widths(&stage).0, 40);
    stage.mouse(drag, 139, 12);
    assert!(widths(&stage).1 >= 30, "{:?}", widths(&stage));
    stage.mouse(drag, 30, 12);
    stage.mouse(MouseEventKind::Up(left), 30, 12);
    stage.mouse(drag, 60, 12);
    assert_eq!(widths(&stage).0, 30, "nothing is held any more");
    let kept = serde_json::to_string(&stage.app.session()).unwrap();
    let session: Session = serde_json::from_str(&kept).unwrap();
    let mut next = Stage::empty(140, 40, Look::default(), session);
    next.load(support::corpus::corpus());
    assert_eq!(widths(&next), widths(&stage));
    // What the settings give is not kept for them: only what was changed here.
    let mut given = Stage::new(140, 40);
    given.app.screen.widths.cities = Some(36);
    given.keys("w +");
    let kept = given.app.session().widths;
    assert_eq!((kept.cities, kept.keywords.is_some()), (None, true));
    // On a narrow screen there is nothing to make wider.
    next.resize(50, 20);
    let before = next.app.screen.widths;
    next.keys("+ _");
    assert_eq!(next.app.screen.widths, before);
}

#[test]
fn a_keyword_group_is_made_edited_and_taken_away_in_one_line() {
    let mut stage = Stage::empty(120, 40, Default::default(), Default::default());
    stage.count_terms();
    stage.load(load::sample());
    stage.keys("w");
    let term = stage.app.keywords.selected.clone().unwrap();
    let before = stage.app.keywords.groups.list().len();
    stage.keys("& , 灯 塔 enter");
    stage.expect("词组「新词组」有 2 个词");
    let made = stage.app.keywords.groups.list().last().unwrap();
    assert_eq!((made.name.as_str(), &made.words), ("新词组", &vec![term.clone(), "灯塔".to_owned()]));
    // Its share stands in the view of groups, where the selected one is edited.
    stage.keys("d");
    stage.keys(&"l ".repeat(before));
    stage.expect("新词组");
    let counted = |stage: &Stage| {
        let answer = stage.app.views.frames.last().unwrap().view.answer().unwrap();
        let table = answer.table.as_ref().unwrap();
        let rows = (0..table.len()).filter(|row| table.get(*row, "group").exact() == "新词组");
        rows.map(|row| table.get(row, "count").exact().parse::<u64>().unwrap()).sum::<u64>()
    };
    let with_two = counted(&stage);
    stage.keys("& , 发 展 enter");
    stage.expect("词组「新词组」有 3 个词");
    assert!(counted(&stage) > with_two, "{with_two}");
    stage.keys("&");
    let typed = stage.app.prompt.as_ref().unwrap().text().to_owned();
    assert_eq!(typed, format!("新词组：{term}、灯塔、发展"));
    stage.keys(&"backspace ".repeat(typed.chars().count()));
    stage.keys("新 词 组 : enter");
    stage.expect("词组「新词组」已去掉");
    assert_eq!(stage.app.keywords.groups.list().len(), before);
    assert_eq!(stage.asked.iter().filter(|effect| matches!(effect, Effect::Keep(_))).count(), 3);
    stage.keys("& backspace");
    stage.keys("esc");
    assert!(stage.app.prompt.is_none());
}
