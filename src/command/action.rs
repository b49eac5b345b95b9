//! The one table of actions: what a user may ask, its config name, its group, where it applies, its keys, its help line
//! and its short hint (each in Chinese and English).
//!
//! In: nothing. Out: [`Action`] and its columns; the key lookup, the help screen, the hints on the screen, the config's
//! key names, the reference of keys and the test that every action has a key are all made from it.
//! Does not know about: what an action does (see `app`), how a key event looks (see the keymap).

use crate::text::Lang;

/// Heading under which the help screen lists an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActionGroup {
    /// Leaving, help, panels.
    General,
    /// Moving inside a panel.
    Motion,
    /// From place to place and report to report.
    Places,
    /// Reading one report.
    Reading,
    /// Searching.
    Search,
    /// The keyword panel.
    Keywords,
    /// While a prompt is open.
    Prompt,
}

impl ActionGroup {
    /// Every group, in the order of the help screen.
    pub const ALL: [Self; 7] =
        [Self::General, Self::Motion, Self::Places, Self::Reading, Self::Search, Self::Keywords, Self::Prompt];

    /// Its heading.
    pub const fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::General => lang.pick("通用", "General"),
            Self::Motion => lang.pick("移动", "Moving"),
            Self::Places => lang.pick("城市与报告", "Cities and reports"),
            Self::Reading => lang.pick("阅读", "Reading"),
            Self::Search => lang.pick("检索", "Search"),
            Self::Keywords => lang.pick("关键词", "Keywords"),
            Self::Prompt => lang.pick("输入框", "Prompt"),
        }
    }
}

/// Where a key means an action. The focused context is asked first, then [`KeyContext::Global`];
/// an open prompt asks only [`KeyContext::Prompt`], every other key is text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyContext {
    /// Everywhere but in a prompt.
    Global,
    /// The city list has the focus.
    Cities,
    /// The section view has the focus.
    Page,
    /// The keyword panel has the focus.
    Keywords,
    /// The panel of shared wording has the focus.
    SharedWording,
    /// The list of hits in context stands in place of the page; keys of [`KeyContext::Overlay`] apply too.
    Concordance,
    /// The board of pinned queries stands in place of the page; keys of [`KeyContext::Overlay`] apply too.
    Board,
    /// A view (an opened number, a ranking, a heat map…) stands in place of the page; keys of [`KeyContext::Overlay`] apply too.
    View,
    /// Two sections side by side stand in place of everything; keys of [`KeyContext::Overlay`] apply too.
    SideBySide,
    /// A prompt is open.
    Prompt,
    /// A window (help, issues) lies over the panels.
    Overlay,
    /// The list of marks lies over the page; keys of [`KeyContext::Overlay`] apply too.
    Marks,
}

impl KeyContext {
    /// Every context.
    pub const ALL: [Self; 12] = [
        Self::Global,
        Self::Cities,
        Self::Page,
        Self::Keywords,
        Self::SharedWording,
        Self::Concordance,
        Self::Board,
        Self::View,
        Self::SideBySide,
        Self::Prompt,
        Self::Overlay,
        Self::Marks,
    ];

    /// Its name in the config file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::Cities => "cities",
            Self::Page => "page",
            Self::Keywords => "keywords",
            Self::SharedWording => "shared-wording",
            Self::Concordance => "concordance",
            Self::Board => "board",
            Self::View => "view",
            Self::SideBySide => "side-by-side",
            Self::Prompt => "prompt",
            Self::Overlay => "overlay",
            Self::Marks => "marks",
        }
    }
}

macro_rules! actions {
    ($( $variant:ident $name:literal $group:ident $context:ident [$($key:literal)*] $zh:literal $en:literal
        $hint_zh:literal $hint_en:literal; )*) => {
        /// What a user may ask.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action {
            $( #[doc = $en] $variant, )*
        }

        impl Action {
            /// Every action, in the order of the help screen.
            pub const ALL: &'static [Self] = &[$( Self::$variant, )*];

            /// Its name in the config file (kebab-case).
            pub const fn name(self) -> &'static str {
                match self { $( Self::$variant => $name, )* }
            }

            /// What it does, in one line.
            pub const fn doc(self, lang: Lang) -> &'static str {
                match self { $( Self::$variant => lang.pick($zh, $en), )* }
            }

            /// What it does, in a word or two: for the keys named on the screen.
            pub const fn hint(self, lang: Lang) -> &'static str {
                match self { $( Self::$variant => lang.pick($hint_zh, $hint_en), )* }
            }

            /// Under which heading the help screen lists it.
            pub const fn group(self) -> ActionGroup {
                match self { $( Self::$variant => ActionGroup::$group, )* }
            }

            /// Where its keys apply.
            pub const fn context(self) -> KeyContext {
                match self { $( Self::$variant => KeyContext::$context, )* }
            }

            /// Its keys unless the config says otherwise ("ctrl-p", "shift-g", "pagedown", "?").
            pub const fn default_keys(self) -> &'static [&'static str] {
                match self { $( Self::$variant => &[$($key),*], )* }
            }
        }
    };
}

actions! {
    Help "help" General Global ["?" "f1"] "全部命令：按汉字、拼音或英文查找，回车执行" "Every command: find it by a word, Enter runs it" "帮助" "help";
    Issues "issues" General Global ["!"] "列出语料中发现的问题" "List the issues found in the corpus" "问题" "issues";
    NextPanel "next-panel" General Global ["tab"] "转到下一栏" "Focus the next panel" "换栏" "panel";
    PreviousPanel "previous-panel" General Global ["shift-tab"] "转到上一栏" "Focus the previous panel" "上一栏" "panel back";
    WidenPanel "widen-panel" General Global ["+" "ctrl-right"] "所在的一栏加宽（或拖动栏间的线）；下次打开保持" "Make the panel with the focus wider (or drag the line between panels); it stays so" "加宽" "wider";
    NarrowPanel "narrow-panel" General Global ["_" "ctrl-left"] "所在的一栏变窄" "Make the panel with the focus narrower" "变窄" "narrower";
    Cancel "cancel" General Global ["esc"] "关闭、取消；在正文中结束检索" "Close or cancel; on the page, end the search" "结束检索" "end search";
    Export "export" General Global ["shift-e"] "导出：把眼前的表写成 CSV、Excel、Markdown、JSON 等文件，并给出同样的命令行" "Export: write the table in view as CSV, Excel, Markdown, JSON… and show the command line for it" "导出" "export";
    Map "map" General Global ["@"] "地图：所检索的或所选的词在各省说了多少；在一张表上，把表中的数字画成地图" "A map of tiles: how often each province says the query or the selected term; over a table, its figures as a map" "地图" "map";
    Suspend "suspend" General Global ["ctrl-z"] "挂起，回到命令行（fg 返回）" "Suspend to the shell (fg returns)" "挂起" "suspend";
    Redraw "redraw" General Global ["ctrl-l"] "重画整个屏幕" "Redraw the whole screen" "重画" "redraw";
    Watch "watch" General Global ["shift-w"] "随改随读开关：自动收取改动、新增和删除的文件" "Take in changed, new and removed files, or stop" "随改随读" "watch";
    Quit "quit" General Global ["q" "ctrl-c"] "退出" "Quit" "退出" "quit";

    Down "down" Motion Global ["j" "down"] "向下一行；在正文中到下一段" "Down one row; on the page, to the next paragraph" "下" "down";
    Up "up" Motion Global ["k" "up"] "向上一行；在正文中到上一段" "Up one row; on the page, to the paragraph before" "上" "up";
    PageDown "page-down" Motion Global ["space" "pagedown" "ctrl-f"] "向下一屏" "Down one screen" "下一屏" "page down";
    PageUp "page-up" Motion Global ["pageup" "ctrl-b"] "向上一屏" "Up one screen" "上一屏" "page up";
    HalfPageDown "half-page-down" Motion Global ["ctrl-d"] "向下半屏" "Down half a screen" "下半屏" "half down";
    HalfPageUp "half-page-up" Motion Global ["ctrl-u"] "向上半屏" "Up half a screen" "上半屏" "half up";
    Top "top" Motion Global ["g" "home"] "到开头" "To the beginning" "开头" "top";
    Bottom "bottom" Motion Global ["shift-g" "end"] "到末尾" "To the end" "末尾" "end";
    Activate "activate" Motion Global ["enter"] "打开所选（城市、词、问题）；在正文中折叠或展开" "Open what is selected (city, term, issue); on the page, fold or unfold" "打开" "open";

    JumpCity "jump-city" Places Global ["c" "f" "ctrl-p"] "按名称或拼音跳到城市" "Jump to a city by name or pinyin" "城市" "city";
    Unfold "unfold" Places Cities ["l" "right"] "展开这个地方的报告" "Unfold the reports of the place" "展开" "unfold";
    Fold "fold" Places Cities ["h" "left"] "收起这个地方的报告" "Fold the reports of the place" "收起" "fold";
    CityOrder "city-order" Places Cities ["o"] "改变城市次序：语料、拼音、省份、篇幅" "Order of the cities: corpus, pinyin, province, length" "次序" "order";
    CityTree "city-tree" Places Cities ["shift-t"] "城市排成省、市、县的树，再按排回原序" "The cities as a tree of province, prefecture and county; again: as in the corpus" "省市县" "tree";
    NextReport "next-report" Places Global [")"] "下一篇报告" "Next report" "下一篇" "next report";
    PreviousReport "previous-report" Places Global ["("] "上一篇报告" "Previous report" "上一篇" "previous report";
    NextCity "next-city" Places Global [">"] "下一个城市" "Next city in the list" "下一城" "next city";
    PreviousCity "previous-city" Places Global ["<"] "上一个城市" "Previous city in the list" "上一城" "previous city";

    NextSection "next-section" Reading Global ["]" "shift-j"] "下一节" "Next section" "下一节" "section";
    PreviousSection "previous-section" Reading Global ["[" "shift-k"] "上一节" "Previous section" "上一节" "section back";
    NextPart "next-part" Reading Global ["}"] "下一部分" "Next part" "下一部分" "part";
    PreviousPart "previous-part" Reading Global ["{"] "上一部分" "Previous part" "上一部分" "part back";
    Outline "outline" Reading Global ["t"] "提纲：键入即可筛选，回车跳转" "Outline: type to filter, Enter jumps" "提纲" "outline";
    ToggleFold "toggle-fold" Reading Page ["z"] "折叠或展开本节" "Fold or unfold the section" "折叠" "fold";
    FoldLevel "fold-level" Reading Page ["shift-z"] "依次折叠到一级、二级，再全部展开" "Fold to level one, to level two, unfold all" "逐级折叠" "fold levels";
    JumpBack "jump-back" Reading Global ["ctrl-o" "alt-left" "backspace"] "回到跳转之前的位置" "Back to where reading was before the jump" "返回" "back";
    JumpForward "jump-forward" Reading Global ["alt-right" "ctrl-n"] "再向前跳转" "Forward again" "前进" "forward";
    GoToLine "go-to-line" Reading Global [":"] "到原文件的第几行" "Go to a line of the source file" "行号" "line";
    Targets "targets" Reading Global ["#"] "本地历年的目标与完成情况；y 换成各地同年的目标" "Targets of this place over the years, met or missed; y: of all places in the year" "目标" "targets";
    Diff "diff" Reading Page ["d"] "提法账：与本地上一年的报告对照，沿用、改写、新增、删去" "What became of the last report of this place: kept, reworded, new, dropped" "提法账" "what changed";
    DiffWith "diff-with" Reading Page ["shift-d"] "提法账：另选一个地方的报告来对照" "Compare with the report of another place" "与他地对照" "compare with";
    KindKept "kind-kept" Reading View ["1"] "提法账：只看沿用的，再按看全部" "What changed: only what is kept; again: all" "沿用" "kept";
    KindReworded "kind-reworded" Reading View ["2"] "提法账：只看改写的，再按看全部" "What changed: only what is reworded; again: all" "改写" "reworded";
    KindNumber "kind-number" Reading View ["3"] "提法账：只看只改数字的，再按看全部" "What changed: only what is numbers only; again: all" "只改数字" "numbers only";
    KindNew "kind-new" Reading View ["4"] "提法账：只看新增的，再按看全部" "What changed: only what is new; again: all" "新增" "new";
    KindDropped "kind-dropped" Reading View ["5"] "提法账：只看删去的，再按看全部" "What changed: only what is dropped; again: all" "删去" "dropped";
    KindMoved "kind-moved" Reading View ["6"] "提法账：只看移动的，再按看全部" "What changed: only what is moved; again: all" "移动" "moved";
    KindRelated "kind-related" Reading View ["7"] "提法账：只看相近的，再按看全部" "What changed: only what is related; again: all" "相近" "related";
    Draft "draft" Reading Page ["%"] "检查本篇：同文、提法不全、旧称、数字不同、缺章节、标点" "Check this report as a draft: shared wording, set phrases, former names, figures, missing sections, punctuation" "检查稿件" "check draft";
    HideNoise "hide-noise" Reading Global ["x"] "隐藏或显示重复段落和杂行" "Hide or show repeats and noise lines" "杂行" "noise";
    Explain "explain" Reading Global [";"] "这一行为什么被读成这样" "Say why this line was read as it was" "为何" "why";
    Edit "edit" Reading Global ["e"] "在 $EDITOR 中打开光标所在的行；问题列表中和 ; 之后：给出 yilan.toml 条目" "Open the line of the cursor in $EDITOR; in the list of issues and after ; propose an entry of yilan.toml" "编辑" "edit";
    CopyParagraph "copy-paragraph" Reading Global ["y"] "复制光标所在的段（或选中的几段），附出处" "Copy the paragraph of the cursor, or the range, with its source" "复制本段" "copy";
    CitationForm "citation-form" Reading Global ["shift-c"] "复制的出处换一种写法：普通、GB/T 7714-2015、Markdown" "Cite copies in another form: plain, GB/T 7714-2015, Markdown" "出处写法" "form";
    Mark "mark" Reading Global ["."] "标记光标所在的段、选中的几段或这处命中；再按写批注和 #标签" "Mark the paragraph, the range or the hit; again: add a note and #tags" "标记" "mark";
    Marks "marks" Reading Global [","] "全部标记：边选边看原文，可筛选、批注、删除、导出" "All marks: each is shown as one selects it; filter, note, take away, export" "标记列表" "marks";
    MarkNote "mark-note" Reading Marks ["e"] "标记列表：写批注和 #标签" "In the list of marks: add a note and #tags" "批注" "note";
    MarkRemove "mark-remove" Reading Marks ["d" "delete"] "标记列表：删除这处标记" "In the list of marks: take this mark away" "删除" "remove";
    MarkUndo "mark-undo" Reading Marks ["u"] "标记列表：恢复刚删除的标记" "In the list of marks: bring back what was taken away" "恢复" "undo";
    MarkExport "mark-export" Reading Marks ["x"] "标记列表：连同出处写成文件（.md .txt .json .csv）" "In the list of marks: write them with their sources into a file (.md .txt .json .csv)" "导出" "export";
    MarkFilter "mark-filter" Reading Marks ["/"] "标记列表：按文字、地方、批注、标签筛选" "In the list of marks: filter by text, place, note or tag" "筛选" "filter";
    Range "range" Reading Page ["shift-v"] "选段：从光标处起选几段，复制、标记都对整段范围；再按取消" "Choose several paragraphs from the cursor on; again: end the range" "选段" "range";
    ExtendDown "extend-down" Reading Page ["shift-down"] "多选下一段" "Extend the range by the next paragraph" "多选一段" "extend";
    ExtendUp "extend-up" Reading Page ["shift-up"] "多选上一段" "Extend the range by the paragraph before" "往上多选" "extend up";
    CopySection "copy-section" Reading Global ["shift-y"] "复制本节，附出处" "Copy the section with its source" "复制本节" "copy section";

    Similar "similar" Reading Page ["u"] "并读：别的报告里写同一件事的章节，左右对照" "The same section in other reports, side by side" "并读" "side by side";
    SidePrevious "side-previous" Reading SideBySide ["h" "left"] "并读：上一个地方，仍在同一件事" "Side by side: the place before, at the same thing" "上一地" "place back";
    SideNext "side-next" Reading SideBySide ["l" "right"] "并读：下一个地方，仍在同一件事" "Side by side: the next place, at the same thing" "下一地" "next place";
    SameProvince "same-province" Reading SideBySide ["2"] "并读：只看同省，再按看全部" "Side by side: only the same province; again: all" "同省" "province";
    SameBody "same-body" Reading SideBySide ["3"] "并读：只看同一机构" "Side by side: only the same body" "同机构" "body";
    SameYear "same-year" Reading SideBySide ["4"] "并读：只看同年" "Side by side: only the same year" "同年" "year";
    SamePhase "same-phase" Reading SideBySide ["5"] "并读：回顾只对回顾，任务只对任务" "Side by side: review beside review, plan beside plan" "同为回顾/任务" "review/plan";
    InStep "in-step" Reading SideBySide ["s"] "并读：两边同步滚动，或各自滚动" "Side by side: both scroll in step, or each by itself" "同步" "in step";
    SideFlip "side-flip" Reading SideBySide ["tab"] "并读（窄屏）：看另一篇" "Side by side on a narrow screen: the other text" "另一篇" "the other";
    SideWords "side-words" Reading SideBySide ["w"] "并读：它写而本篇没写的词，列成表" "Side by side: the words that others have and this one has not, as a table" "它写我无" "words";

    Reuse "reuse" Reading Page ["b"] "同文栏：谁还这样写本段，自何时起，改了哪些；再按收起" "Shared wording: who else writes this paragraph so, since when, with what edits; again: close" "同文" "shared";
    CloseReuse "close-reuse" Reading SharedWording ["b"] "收起同文栏" "Close the panel of shared wording" "收起" "close";
    ReuseFormulas "reuse-formulas" Reading SharedWording ["1"] "同文栏：套话列出或不列" "Shared wording: list set formulas or leave them out" "套话" "formulas";
    ReuseTable "reuse-table" Reading SharedWording ["t"] "本段的同文，列成表" "The shared wording of the paragraph as a table" "列表" "table";
    ReuseSummary "reuse-summary" Reading SharedWording ["a"] "各篇报告独有、套话、同文各占多少" "How much of every report is its own, set formulas, shared" "各篇独有" "originality";

    Search "search" Search Global ["/"] "检索：键入即查全部报告" "Search every report as you type" "检索" "search";
    NextHit "next-hit" Search Global ["n"] "下一处命中（可跨报告）" "Next hit, across reports" "下一处" "next";
    PreviousHit "previous-hit" Search Global ["shift-n"] "上一处命中" "Previous hit" "上一处" "previous";

    Concordance "concordance" Search Global ["v"] "语境列表：一处命中一行，回车到原文" "The hits in context, one a row; Enter goes there" "语境" "in context";
    ConcordanceOrder "concordance-order" Search Concordance ["o"] "语境列表次序：原序、按地方、按左文、按右文" "Order of the rows: corpus, place, left context, right context" "次序" "order";
    OnlyPlace "only-place" Search Concordance ["1"] "语境列表只看所选一条的地方，再按看全部" "Only the place of the selected row; again: all" "本地" "place";
    OnlyProvince "only-province" Search Concordance ["2"] "只看所选一条的省份" "Only its province" "本省" "province";
    OnlyBody "only-body" Search Concordance ["3"] "只看所选一条的机构" "Only its body" "机构" "body";
    OnlyYear "only-year" Search Concordance ["4"] "只看所选一条的年份" "Only its year" "年份" "year";
    OnlyPart "only-part" Search Concordance ["5"] "只看回顾部分，再按只看打算，再按全看" "Only what looks back; again: only what looks ahead; again: all" "回顾/打算" "review/plan";
    Exact "exact" Search Global ["="] "精确检索开关：简繁、全半角、大小写各算各的" "Exact search on or off: scripts, widths and case are told apart" "精确" "exact";
    Pinyin "pinyin" Search Global ["p"] "拼音检索开关：字母当作拼音" "Search by pinyin on or off: letters are pinyin" "拼音" "pinyin";
    Repeats "repeats" Search Global ["r"] "重复段落计入或不计入" "Count repeated paragraphs or not" "重复" "repeats";
    Silent "silent" Search Global ["-"] "城市栏只列没有提到的，再按列出全部" "List only the cities that do not say it; again: all" "谁没说" "who does not";

    Pin "pin" Search Global ["m"] "固定这个检索，各用一种颜色；再按去掉" "Pin this query in a colour of its own; again: take it away" "固定" "pin";
    Board "board" Search Global ["shift-m"] "按城市对比固定的检索" "Compare the pinned queries by city" "对比" "compare";
    BoardLeft "board-left" Search Board ["h" "left"] "对比表：选左边一列" "On the board: the column to the left" "左列" "left";
    BoardRight "board-right" Search Board ["l" "right"] "对比表：选右边一列" "On the board: the column to the right" "换列" "column";
    BoardOrder "board-order" Search Board ["o"] "对比表：按此列排序，再按回到原序" "On the board: sort by this column; again: as in the corpus" "按列排序" "sort";
    BoardUnit "board-unit" Search Board ["u"] "对比表：次数或每万字" "On the board: hits, or hits per 10,000 characters" "次数/万字" "count/rate";
    Unpin "unpin" Search Board ["d" "delete"] "对比表：去掉此列" "On the board: take this column away" "去掉" "unpin";

    ShowKeywords "show-keywords" Keywords Global ["w"] "转到关键词栏（窄屏时与正文切换）" "Go to the keyword panel (a tab on a narrow screen)" "关键词" "keywords";
    TermScope "term-scope" Keywords Global ["s"] "范围：本节、本篇、本地、全部、检索命中的段落" "Scope: section, report, place, corpus, paragraphs with hits" "范围" "scope";
    TermOrder "term-order" Keywords Global ["o" "shift-s"] "下一种排序：特色 G²、少说的词、次数、万字频、对数比、篇数、地数、匀布、TF-IDF" "Next order: keyness G², said less, count, rate, log ratio, reports, places, evenness, TF-IDF" "次序" "order";
    TermOrderBack "term-order-back" Keywords Keywords ["shift-o"] "上一种排序" "Previous order" "上一次序" "order back";
    TermLess "term-less" Keywords Keywords ["l"] "只看比参照说得少的词，再按恢复" "Only what is said less than in the reference; again: back" "少说" "said less";
    TermAgainst "term-against" Keywords Keywords ["a"] "参照：其余、同机构、同省、同年" "Compare with: rest, same body, same province, same year" "参照" "against";
    TermAgainstPlace "term-against-place" Keywords Keywords ["shift-a"] "另选一个地方作参照" "Compare with another place" "另选参照" "against a place";
    FunctionWords "function-words" Keywords Keywords ["1"] "虚词（的、和、在）不列或列出" "Leave out function words (的, 和, 在) or list them" "虚词" "function";
    OwnNames "own-names" Keywords Keywords ["3"] "自称（本地地名、本级机关）不列或列出" "Leave out what a text calls itself (its place, its organs) or list it" "自称" "own names";
    FillerWords "filler-words" Keywords Keywords ["2"] "公文套语（加强、推进、进一步）不列或列出" "Leave out official filler (加强, 推进, 进一步) or list it" "套语" "filler";
    TermLeast "term-least" Keywords Keywords ["4"] "显著的词最少出现几次：1、3、5、10" "Fewest occurrences of a finding: 1, 3, 5, 10" "最少次数" "fewest";
    TermStrip "term-strip" Keywords Keywords ["."] "所选的词在本篇的每一处：分布条所画的" "Where the selected term stands in the open report: what the strip draws" "本篇各处" "strip";
    SearchTerm "search-term" Keywords Keywords ["*"] "检索所选的词（词内的也算）" "Search the selected term (inside longer words too)" "检索此词" "search it";
    Collocates "collocates" Keywords Keywords ["t"] "所选的词与哪些词搭配" "What stands near the selected term" "搭配" "near";
    Ranking "ranking" Keywords Keywords ["b"] "所选的词在各地的排名" "Rank the places by the selected term" "排名" "rank";
    HeatMap "heat-map" Keywords Keywords ["m"] "热图：词 × 城市" "Heat map: terms by cities" "热图" "map";
    Trend "trend" Keywords Keywords ["h"] "所选的词历年的变化" "The selected term over the years" "历年" "years";
    Dispersion "dispersion" Keywords Keywords ["i"] "词的分布：列出的词 × 全文从头到尾的二十段" "Dispersion: the listed terms by twenty parts of the text, from its beginning to its end" "分布" "dispersion";
    GroupShares "group-shares" Keywords Keywords ["d"] "词组分类：每地各类所占的份额" "Keyword groups: the share of each in every place" "分类" "groups";
    EditGroup "edit-group" Keywords Global ["&"] "词组：在分类表里改所选的一组，别处以所选的词新建；写“名称：词、词”，没有词则去掉" "Keyword group: edit the selected one in their view, elsewhere make one of the selected term; name: words, without words it goes" "改词组" "edit group";
    Phrases "phrases" Keywords Keywords ["u"] "语料中发现的新词，收下或拒绝" "Phrases found in the corpus, to be accepted or refused" "新词" "phrases";
    First "first" Keywords Keywords ["'"] "谁最早说所选的词：各地最早的报告，按年份" "Who said the selected term first: each place's first report with it" "最早" "first";
    Likeness "likeness" Keywords Keywords ["~"] "用词与本地最相近的地方" "The places whose words are most like those of this one" "相似" "alike";

    NextView "next-view" Keywords View ["tab"] "换一种看法：数字、搭配、排名、热图、历年、分类、新词" "Next view: number, collocates, ranking, heat map, years, groups, phrases" "换图" "next view";
    PreviousView "previous-view" Keywords View ["shift-tab"] "换回上一种看法" "Previous view" "上一图" "previous view";
    ViewLeft "view-left" Keywords View ["h" "left"] "向左：列、词或清单" "Left: a column, a term or a list" "左" "left";
    ViewRight "view-right" Keywords View ["l" "right"] "向右：列、词或清单" "Right: a column, a term or a list" "右" "right";
    ViewReport "view-report" Keywords View ["r"] "打开所选地方、年份或这一处的报告" "Open the report of the selected place, year or occurrence" "看报告" "report";
    InsideWords "inside-words" Keywords View ["i"] "词内的另外几处，按所在的长词列出" "The occurrences inside longer words, by longer word" "词内" "inside words";
    Formulas "formulas" Keywords View ["f"] "显示或收起代入数字的公式" "Show or hide the formulas with their numbers" "公式" "formulas";
    ViewFirst "view-first" Keywords View ["'"] "谁最早说所选的词或提法" "Who said the selected term or formula first" "最早" "first";
    ViewAxis "view-axis" Keywords View ["y"] "按地方、按所述年份或按会议年份" "By place, by year reported on or by year of the session" "城市/年份" "cities/years";
    ViewChart "view-chart" Keywords View ["p"] "画成图：历年的折线，排名的区间；再按回到表" "As a chart: lines over years, intervals of a ranking; again: the table" "画图" "chart";
    ViewRows "view-rows" Keywords View ["d"] "热图的行：栏中的词，或下一类词" "Rows of the heat map: the panel's terms, or the next keyword group" "换词" "rows";
    ViewScale "view-scale" Keywords View ["o"] "热图深浅：逐行或全图相比；搭配换一种次序；地图换一列数字" "Heat map: shades row by row or of the whole; collocates: next order; map: next figures" "深浅" "shades";
    AcceptPhrase "accept-phrase" Keywords View ["a"] "收下这个词（从此不切开），再按撤回" "Accept the phrase (never split from now on); again: undo" "收下" "accept";
    RefusePhrase "refuse-phrase" Keywords View ["x"] "拒绝这个词（不再提出），再按撤回" "Refuse the phrase (not proposed again); again: undo" "拒绝" "refuse";

    PromptAccept "prompt-accept" Prompt Prompt ["enter"] "确定" "Accept" "确定" "accept";
    PromptCancel "prompt-cancel" Prompt Prompt ["esc" "ctrl-c"] "取消，回到原处" "Cancel and go back to where you were" "取消" "cancel";
    PromptDown "prompt-down" Prompt Prompt ["down"] "选下一项；检索时为较新的检索词" "Select the next row; while searching, a newer query" "下一项" "next";
    PromptUp "prompt-up" Prompt Prompt ["up"] "选上一项；检索时为较早的检索词" "Select the previous row; while searching, an older query" "上一项" "previous";
    PromptNext "prompt-next" Prompt Prompt ["tab" "ctrl-n"] "下一处命中；选下一项" "Next hit; select the next row" "下一处" "next";
    PromptPrevious "prompt-previous" Prompt Prompt ["shift-tab" "ctrl-p"] "上一处命中；选上一项" "Previous hit; select the previous row" "上一处" "previous";
    PromptPageDown "prompt-page-down" Prompt Prompt ["pagedown"] "向下一屏" "Down one screen" "下一屏" "page down";
    PromptPageUp "prompt-page-up" Prompt Prompt ["pageup"] "向上一屏" "Up one screen" "上一屏" "page up";

    PromptConcordance "prompt-concordance" Prompt Prompt ["alt-v" "ctrl-v"] "显示或关闭语境列表" "Show or close the hits in context" "语境" "in context";
    PromptExact "prompt-exact" Prompt Prompt ["alt-e" "ctrl-x"] "精确检索开关" "Exact search on or off" "精确" "exact";
    PromptPinyin "prompt-pinyin" Prompt Prompt ["alt-p" "ctrl-t"] "拼音检索开关" "Search by pinyin on or off" "拼音" "pinyin";
    PromptRepeats "prompt-repeats" Prompt Prompt ["alt-r" "ctrl-r"] "重复段落计入或不计入" "Count repeated paragraphs or not" "重复" "repeats";

    PromptCopy "prompt-copy" Prompt Prompt ["alt-c" "ctrl-g"] "导出：复制同样的命令行" "Export: copy the command line that gives the same file" "复制命令" "copy command";
    PromptSettings "prompt-settings" Prompt Prompt ["alt-s" "ctrl-s"] "导出：文件中写明或不写设置" "Export: put the settings into the file or leave them out" "设置行" "settings";

    PromptPin "prompt-pin" Prompt Prompt ["alt-m"] "固定正在键入的检索" "Pin the query being typed" "固定" "pin";

    CloseOverlay "close-overlay" General Overlay ["q" "esc"] "关闭窗口" "Close the window" "关闭" "close";
}

impl Action {
    /// The action of a config name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|a| a.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kebab_case_and_unique() {
        for (i, action) in Action::ALL.iter().enumerate() {
            let name = action.name();
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{name}");
            assert!(Action::ALL[..i].iter().all(|a| a.name() != name), "{name} twice");
            assert_eq!(Action::from_name(name), Some(*action));
        }
    }

    #[test]
    fn every_action_has_a_key_and_no_key_means_two_things_in_one_context() {
        let mut seen = std::collections::HashSet::new();
        for action in Action::ALL {
            assert!(!action.default_keys().is_empty(), "{} has no key", action.name());
            for key in action.default_keys() {
                assert!(seen.insert((action.context(), *key)), "{key} is taken twice in {:?}", action.context());
            }
        }
    }

    #[test]
    fn every_action_is_listed_under_a_group_of_the_help_screen() {
        for action in Action::ALL {
            assert!(ActionGroup::ALL.contains(&action.group()));
            assert!(KeyContext::ALL.contains(&action.context()));
            for lang in [Lang::Zh, Lang::En] {
                assert!(!action.doc(lang).is_empty() && !action.hint(lang).is_empty());
                assert!(action.hint(lang).len() <= action.doc(lang).len(), "{}", action.name());
            }
        }
    }
}
