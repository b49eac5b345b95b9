//! What a reader says of real documents: which sections are about the same thing, which figures a sentence states, which
//! paragraphs share wording. Positions and kinds only, written down before the program was asked.
//!
//! The documents are not part of the repository. The tests look for them in the folder that `YILAN_SHARED` names, and say so and
//! pass where it is not set.

use std::collections::BTreeSet;
use std::path::PathBuf;

use yilan::testing::corpus::load::load_all;
use yilan::testing::corpus::{Corpus, ReportId};
use yilan::testing::index::passages::{GUARANTEE, PassageIndex, PassageKind, all_pairs};
use yilan::testing::index::sections::{SectionId, SectionIndex};
use yilan::testing::index::targets::{Indicators, Measure, read};

fn corpus(part: &str) -> Option<Corpus> {
    let Some(shared) = std::env::var_os("YILAN_SHARED") else {
        eprintln!("YILAN_SHARED is not set: nothing to read");
        return None;
    };
    Some(load_all(&[PathBuf::from(shared).join(part)]))
}

/// Lines of headings about one thing in the reports of one file, one entry a report.
type Topic = (&'static str, &'static [&'static [u32]]);

const COLLECTION: &str = "001_7c4c3c7cf2127719.txt";

#[rustfmt::skip]
const TOPICS: &[Topic] = &[
    ("党的领导·回顾", &[&[9], &[78], &[129], &[180], &[269], &[306], &[349], &[402], &[447], &[484], &[525], &[566], &[613], &[671], &[785], &[830], &[993], &[1015], &[1045], &[1128], &[1163], &[1311], &[1365]]),
    ("立法·回顾", &[&[14], &[83], &[139], &[185], &[273], &[451], &[493], &[571], &[618], &[681], &[796], &[836], &[1056], &[1098], &[1170], &[1316], &[1370], &[994]]),
    ("监督·回顾", &[&[19], &[88], &[145], &[191], &[277], &[455], &[576], &[624], &[686], &[790], &[995], &[1019], &[1100], &[1175], &[1321], &[1375], &[361, 367]]),
    ("代表·回顾", &[&[25], &[95], &[152], &[203], &[283], &[323], &[461], &[498], &[582], &[637], &[692], &[801], &[846], &[997], &[1023], &[1061], &[1187], &[1331], &[1386]]),
    ("自身建设·回顾", &[&[30], &[100], &[157], &[288], &[329], &[379], &[419], &[465], &[503], &[587], &[643], &[697], &[806], &[851], &[998], &[1025], &[1071], &[1104], &[1141], &[1193], &[1336], &[1391]]),
    ("党的领导·任务", &[&[40], &[168], &[431], &[473], &[514], &[555], &[597], &[660], &[707], &[861], &[1004], &[1031], &[1082], &[1209], &[1353], &[1400]]),
    ("立法·任务", &[&[113], &[170], &[222], &[476], &[661], &[818], &[1211], &[1354], &[1405]]),
    ("监督·任务", &[&[115], &[171], &[816], &[1212], &[1356], &[1410]]),
    ("代表·任务", &[&[60], &[117], &[172], &[437], &[517], &[599], &[663], &[713], &[820], &[865], &[1007], &[1213], &[1357], &[1415]]),
    ("自身建设·任务", &[&[66], &[119], &[173], &[226], &[342], &[389], &[439], &[477], &[518], &[558], &[600], &[664], &[715], &[822], &[867], &[1008], &[1037], &[1085], &[1120], &[1157], &[1214], &[1358], &[1420]]),
];

fn section(corpus: &Corpus, line: u32) -> Option<(ReportId, SectionId)> {
    let mut reports = corpus.distinct().filter(|(_, document, _)| document.path.ends_with(COLLECTION));
    let (report, _, told) = reports.find(|(_, _, report)| report.covers(line))?;
    let at = told.sections.iter().position(|section| section.line == line)?;
    Some((report, SectionId { report, section: u32::try_from(at).ok()? }))
}

#[test]
fn the_same_section_of_another_report_is_found() {
    let Some(corpus) = corpus("corpus") else { return };
    let index = SectionIndex::new(&corpus, &|| false).unwrap();
    let (mut asked, mut first, mut third) = (0.0, 0.0, 0.0);
    for (topic, reports) in TOPICS {
        for from in *reports {
            let (own, id) = section(&corpus, from[0]).unwrap_or_else(|| panic!("{topic}: no section at {}", from[0]));
            let found = index.similar(id, 3, &|_| true);
            for to in reports.iter().filter(|to| *to != from) {
                let wanted: Vec<SectionId> = to.iter().filter_map(|line| Some(section(&corpus, *line)?.1)).collect();
                let report = wanted[0].report;
                assert_ne!(report, own);
                let there: Vec<SectionId> =
                    found.iter().map(|alike| alike.section).filter(|section| section.report == report).collect();
                asked += 1.0;
                first += f64::from(u8::from(there.first().is_some_and(|best| wanted.contains(best))));
                third += f64::from(u8::from(there.iter().any(|section| wanted.contains(section))));
            }
        }
    }
    println!("{asked} pairs: best right {:.3}, right within three {:.3}", first / asked, third / asked);
    assert!(first / asked >= 0.88, "{}", first / asked);
    assert!(third / asked >= 0.95, "{}", third / asked);
}

/// A line of a file, and every figure of its indicators: name, `g` growth or `l` level, value.
type Line = (&'static str, u32, &'static [(&'static str, char, f64)]);

const GDP: &str = "地区生产总值";
const BUDGET: &str = "一般公共预算收入";
const INVESTED: &str = "固定资产投资";
const RETAIL: &str = "社会消费品零售总额";
const INDUSTRY: &str = "规模以上工业增加值";
const TOWN: &str = "城镇居民人均可支配收入";
const VILLAGE: &str = "农村居民人均可支配收入";
const ALL: &str = "居民人均可支配收入";
const PRICES: &str = "居民消费价格";
const JOBS: &str = "城镇新增就业";
const SURVEYED: &str = "城镇调查失业率";
const REGISTERED: &str = "城镇登记失业率";
const GRAIN: &str = "粮食产量";
const ENERGY: &str = "单位地区生产总值能耗";

#[rustfmt::skip]
const LINES: &[Line] = &[
    ("corpus-more/2025年吉林省政府工作报告.docx", 26, &[(GDP, 'g', 5.5), (GRAIN, 'l', 880.0), (INVESTED, 'g', 5.0), (RETAIL, 'g', 6.0), (BUDGET, 'g', 3.0), (SURVEYED, 'l', 5.5), (PRICES, 'g', 2.0), (ENERGY, 'g', -2.0)]),
    ("corpus-more/2025年浙江省政府工作报告.docx", 8, &[(GDP, 'g', 5.5), (BUDGET, 'g', 1.2), (TOWN, 'g', 4.3), (VILLAGE, 'g', 6.1)]),
    ("corpus-more/2025年浙江省政府工作报告.docx", 26, &[(GDP, 'g', 5.5), (SURVEYED, 'l', 5.0), (PRICES, 'g', 2.0)]),
    ("corpus-more/2025年陕西省政府工作报告.docx", 8, &[(GDP, 'l', 35538.0), (GDP, 'g', 5.3), (SURVEYED, 'l', 5.3), (BUDGET, 'l', 3393.1), (ALL, 'g', 5.5)]),
    ("corpus-more/2025年陕西省政府工作报告.docx", 22, &[(GDP, 'g', 5.0), (BUDGET, 'g', 3.0), (TOWN, 'g', 5.0), (VILLAGE, 'g', 6.0), (JOBS, 'l', 40.0), (SURVEYED, 'l', 5.5), (PRICES, 'g', 2.0), (GRAIN, 'l', 1300.0)]),
    ("corpus-more/national/2014年政府工作报告.txt", 43, &[(GDP, 'g', 7.5), (PRICES, 'g', 3.5), (JOBS, 'l', 1000.0), (REGISTERED, 'l', 4.6)]),
    ("corpus-more/national/2010年政府工作报告.txt", 64, &[(GDP, 'g', 8.0), (JOBS, 'l', 900.0), (REGISTERED, 'l', 4.6), (PRICES, 'g', 3.0)]),
    ("corpus-web/b_029.txt", 14, &[(GDP, 'g', 6.0), (INDUSTRY, 'g', 11.3), (INVESTED, 'g', 25.0), (BUDGET, 'g', 1.45), (RETAIL, 'g', 6.2), (TOWN, 'g', 4.5), (VILLAGE, 'g', 6.0)]),
    ("corpus-web/b_017.txt", 20, &[(GDP, 'g', 11.0), (INDUSTRY, 'g', 16.5), (INVESTED, 'g', 22.0), (RETAIL, 'g', 16.0), ("地方财政总收入", 'g', 14.0), (BUDGET, 'g', 14.0), (TOWN, 'g', 12.0), (VILLAGE, 'g', 12.0), (ENERGY, 'g', -4.3)]),
    ("corpus-web/b_168.txt", 46, &[(GDP, 'g', 8.0), (BUDGET, 'g', 8.0), (INDUSTRY, 'g', 9.0), (INVESTED, 'g', 9.0), (RETAIL, 'g', 8.5), ("实际利用外资", 'g', 5.0), (ALL, 'g', 8.5)]),
    ("corpus-web/c_西藏自治区.csv", 19, &[(GDP, 'g', 7.0), (INVESTED, 'g', 17.2), (RETAIL, 'g', 4.4), (INDUSTRY, 'g', 12.4), (BUDGET, 'g', 14.7), (TOWN, 'g', 6.0), (VILLAGE, 'g', 7.4), (SURVEYED, 'l', 5.0)]),
    ("corpus-web/c_西藏自治区.csv", 52, &[(GDP, 'g', 7.0), (INVESTED, 'g', 15.0), (RETAIL, 'g', 7.0), (TOWN, 'g', 7.0), (VILLAGE, 'g', 8.0), (SURVEYED, 'l', 5.0)]),
    ("corpus-web/a_河北省_2018.txt", 50, &[(GDP, 'g', 6.5), (BUDGET, 'g', 6.0), (INDUSTRY, 'g', 4.5), (INVESTED, 'g', 6.0), (RETAIL, 'g', 9.5), ("进出口总额", 'g', 5.0), (REGISTERED, 'l', 4.5), (TOWN, 'g', 7.0), (VILLAGE, 'g', 7.0), (PRICES, 'g', 3.0), (ENERGY, 'g', -3.6)]),
];

#[test]
fn the_figures_of_a_sentence_are_read_and_no_others() {
    let list = Indicators::default();
    for &(file, line, wanted) in LINES {
        let Some(corpus) = corpus(file) else { return };
        let mut found: BTreeSet<String> = BTreeSet::new();
        for (_, document, report) in corpus.distinct() {
            for figure in read(document, report, &list).figures.iter().filter(|figure| figure.line == line) {
                let measure = if figure.measure == Measure::Level { 'l' } else { 'g' };
                found.insert(format!("{} {measure} {}", figure.indicator, figure.value));
            }
        }
        let wanted: BTreeSet<String> =
            wanted.iter().map(|(name, measure, value)| format!("{name} {measure} {value}")).collect();
        assert_eq!(found, wanted, "{file}:{line}");
    }
}

/// Paragraphs that share wording few others have.
#[rustfmt::skip]
const SHARED: &[(&str, u32, &str, u32)] = &[
    (COLLECTION, 789, "002_95537bd8a960a7b2.txt", 28),
    (COLLECTION, 787, "002_95537bd8a960a7b2.txt", 24),
    (COLLECTION, 807, "002_95537bd8a960a7b2.txt", 90),
    (COLLECTION, 160, "002_95537bd8a960a7b2.txt", 94),
    (COLLECTION, 289, "002_95537bd8a960a7b2.txt", 96),
    ("003_09df06916c3bdde5.txt", 85, "003_09df06916c3bdde5.txt", 95),
    (COLLECTION, 557, COLLECTION, 1036),
];

#[test]
fn shared_wording_is_found_and_formulas_are_none() {
    let Some(corpus) = corpus("corpus") else { return };
    let index = PassageIndex::new(&corpus, &|_, _| {}, &|| false).unwrap();
    let found =
        all_pairs(&corpus, &index, GUARANTEE, &|passage| passage.kind == PassageKind::Reuse, &|| false).unwrap();
    let at = |found: &yilan::testing::index::passages::FoundPassage| {
        let (document, _) = corpus.report(found.report).unwrap();
        (document.path.file_name().unwrap().to_str().unwrap().to_owned(), found.line)
    };
    let pairs: Vec<_> = found.iter().map(|passage| (at(&passage.here), at(&passage.there))).collect();
    for (file, line, other, there) in SHARED {
        let (a, b) = (((*file).to_owned(), *line), ((*other).to_owned(), *there));
        assert!(pairs.contains(&(a.clone(), b.clone())) || pairs.contains(&(b.clone(), a.clone())), "{a:?} {b:?}");
    }
    // Declarations of loyalty that every report repeats.
    for (line, there) in [(270, 568), (182, 350), (396, 1032), (108, 524), (524, 1208)] {
        let same = |pair: &((String, u32), (String, u32))| {
            pair.0 == (COLLECTION.into(), line) && pair.1 == (COLLECTION.into(), there)
        };
        assert!(!pairs.iter().any(same), "{line} {there}");
    }
}
