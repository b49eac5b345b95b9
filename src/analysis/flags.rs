//! Parameters that most questions share: which text, which words. In: flags of the command line, or what the screen chose.
//! Out: a scope. Does not know about: what is counted.

use clap::Args;
use serde::Serialize;

use super::{Cancelled, Unanswered, choose, spot};
use crate::corpus::{Corpus, PlaceId};
use crate::index::scope::{Extent, Scope, Within};
use crate::index::search::{Filter, Query, QueryError, QueryField};
use crate::text::Lang;

/// What to count words in.
#[derive(Debug, Clone, Default, PartialEq, Args, Serialize)]
#[command(next_help_heading = "What to count")]
pub struct ScopeFlags {
    /// Only this place: its name, pinyin or initials [default: the whole corpus].
    /// ‖ 只看这个地方：名称、拼音或首字母［默认：全部语料］
    #[arg(long, value_name = "PLACE")]
    pub place: Option<String>,
    /// Only places of this province; several by `|`.
    /// ‖ 只看这个省的地方；几个用 `|` 隔开
    #[arg(long, value_name = "PROVINCE")]
    pub province: Option<String>,
    /// Only reports of this body: 人大, 政协, 政府, 法院, 检察院, 其他.
    /// ‖ 只看这个机构的报告：人大、政协、政府、法院、检察院、其他
    #[arg(long, value_name = "BODY")]
    pub body: Option<String>,
    /// Only reports on this year, or on years such as 2018-2022.
    /// ‖ 只看述及此年的报告，或几年如 2018-2022
    #[arg(long, value_name = "YEAR")]
    pub year: Option<String>,
    /// Only reports given to a session of this year, or of years such as 2018-2022.
    /// ‖ 只看在此年会议上作的报告，或几年如 2018-2022
    #[arg(long, value_name = "YEAR")]
    pub session: Option<String>,
    /// Only reports with this in their title.
    /// ‖ 只看标题含此文字的报告
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Only this part of each report: 回顾 (review) or 打算 (plan).
    /// ‖ 只看每篇的这一部分：回顾或打算
    #[arg(long, value_name = "PART")]
    pub part: Option<String>,
    /// Only sections with this in their heading, in every report.
    /// ‖ 只看各篇中标题含此文字的章节
    #[arg(long, value_name = "TEXT")]
    pub section: Option<String>,
    /// Only paragraphs in which this text stands.
    /// ‖ 只看含此文字的段落
    #[arg(long, value_name = "TEXT")]
    pub matching: Option<String>,
    /// Only this report: a file, a line of it (FILE:LINE) or PLACE:YEAR.
    /// ‖ 只看这一篇：文件、“文件:行”或“地方:年份”
    #[arg(long, value_name = "REPORT", conflicts_with_all = ["place", "heading"])]
    pub report: Option<String>,
    /// Only the section whose heading stands in this line, and what stands under it.
    /// ‖ 只看标题在此行的章节及其下的内容
    #[arg(long, value_name = "FILE:LINE", conflicts_with = "place")]
    pub heading: Option<String>,
    /// Only where these conditions hold, written as in a query: `city:长春 -part:打算`.
    /// ‖ 只看符合这些条件的地方，写法同检索：`city:长春 -part:打算`
    #[arg(long, value_name = "CONDITIONS", allow_hyphen_values = true)]
    pub r#where: Option<String>,
    /// What was chosen on the screen: the other fields do not count then.
    #[arg(skip)]
    #[serde(skip)]
    pub chosen: Option<Scope>,
}

/// Which words are terms, and how many of them to print.
#[derive(Debug, Clone, PartialEq, Eq, Args, Serialize)]
#[command(next_help_heading = "Which words")]
pub struct WordFlags {
    /// Fewest occurrences of a keyword that is a finding, of a collocate or a run of words that is listed [default: 3; of
    /// phrases found without a dictionary 5].
    /// ‖ 显著的关键词、列出的搭配或词串最少出现几次［默认 3；无词典发现的短语 5］
    #[arg(long, value_name = "N")]
    pub min_count: Option<u64>,
    /// Fewest characters of a term.
    /// ‖ 词最少几个字
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub min_chars: usize,
    /// Do not leave out function words (的, 和, 在).
    /// ‖ 不略去虚词（的、和、在）
    #[arg(long)]
    pub keep_function_words: bool,
    /// Do not leave out the filler of official prose (加强, 推进, 进一步).
    /// ‖ 不略去公文套语（加强、推进、进一步）
    #[arg(long)]
    pub keep_filler: bool,
    /// Do not leave out what a text calls itself (its own place, its people's congress).
    /// ‖ 不略去自称（本地地名、本级人大）
    #[arg(long)]
    pub keep_own_names: bool,
}

impl Default for WordFlags {
    fn default() -> Self {
        Self { min_count: None, min_chars: 2, keep_function_words: false, keep_filler: false, keep_own_names: false }
    }
}

impl ScopeFlags {
    /// What was chosen on the screen.
    pub fn chosen(scope: Scope) -> Self {
        Self { chosen: Some(scope), ..Self::default() }
    }

    /// What they choose, and its text.
    ///
    /// # Errors
    /// When there is no such text, or a value means nothing.
    pub fn resolve(
        &self,
        corpus: &Corpus,
        lang: Lang,
        cancelled: Cancelled<'_>,
    ) -> Result<(Scope, Extent), Unanswered> {
        let scope = match &self.chosen {
            Some(chosen) => chosen.clone(),
            None => self.scope(corpus, lang)?,
        };
        let extent = scope.extent(corpus, cancelled).ok_or(Unanswered::Cancelled)?;
        if extent.is_empty() && !scope.is_corpus() {
            return Err(self.nothing(lang));
        }
        Ok((scope, extent))
    }

    fn scope(&self, corpus: &Corpus, lang: Lang) -> Result<Scope, Unanswered> {
        let mut scope: Scope = self.within(corpus, lang)?.into();
        let fields = [
            (QueryField::Province, &self.province),
            (QueryField::Body, &self.body),
            (QueryField::Year, &self.year),
            (QueryField::Session, &self.session),
            (QueryField::Part, &self.part),
            (QueryField::Section, &self.section),
        ];
        for (field, value) in fields {
            let Some(value) = value else { continue };
            let wrong =
                |error: QueryError| Unanswered::Wrong(format!("--{} {value}: {}", field.name(), error.message(lang)));
            scope = scope.with_field(field, value).map_err(wrong)?;
        }
        if let Some(words) = &self.r#where {
            let wrong = |error: QueryError| Unanswered::Wrong(format!("--where {words}: {}", error.message(lang)));
            scope.filters.extend(Query::conditions(words).map_err(wrong)?);
        }
        scope.title.clone_from(&self.title);
        if let Some(words) = &self.matching {
            let query = Query::parse(words).ok_or_else(|| nothing(lang, ("没有这样的文字", "no such text"), words))?;
            scope = scope.matching(query);
        }
        Ok(scope)
    }

    /// What they begin with.
    fn within(&self, corpus: &Corpus, lang: Lang) -> Result<Within, Unanswered> {
        if let Some(words) = &self.place {
            return place(corpus, words, lang).map(Within::Place);
        }
        if let Some(words) = &self.report {
            let found = spot::report(corpus, words);
            return found.map(Within::Report).ok_or_else(|| nothing(lang, ("没有这样的报告", "no such report"), words));
        }
        let Some(words) = &self.heading else { return Ok(Within::Corpus) };
        let found = spot::section(corpus, words).map(|(report, section)| Within::Section(report, section));
        found.ok_or_else(|| nothing(lang, ("没有这样的章节", "no such section"), words))
    }

    /// Says in flags what was chosen on the screen; `None` where they cannot say just that.
    pub(super) fn write_out(&mut self, corpus: &Corpus) -> Option<()> {
        let Some(chosen) = self.chosen.take() else { return Some(()) };
        let mut written = Self { title: chosen.title.clone(), ..Self::default() };
        match &chosen.within {
            Within::Corpus => {}
            Within::Place(id) => written.place = Some(choose::name_of(corpus, *id)?),
            Within::Report(id) => written.report = Some(spot::words_of(corpus, *id)?),
            Within::Section(id, section) => {
                let (document, report) = corpus.report(*id)?;
                let line = report.sections.get(*section)?.line;
                written.heading = Some(format!("{}:{line}", spot::file_of(document)));
            }
            Within::Reports(_) => return None,
        }
        if !chosen.filters.is_empty() {
            written.r#where = Some(chosen.filters.iter().map(Filter::to_string).collect::<Vec<_>>().join(" "));
        }
        written.matching = chosen.matching.as_ref().map(Query::to_string);
        // Only what reads as the very same is worth writing.
        let again = written.scope(corpus, Lang::En).ok()?;
        let meant = |scope: &Scope| {
            let matching = scope.matching.as_ref().map(|query| {
                let options = query.options();
                (query.to_string(), options.exact, options.repeats)
            });
            (scope.within.clone(), scope.title.clone(), scope.filters.clone(), matching)
        };
        (meant(&again) == meant(&chosen)).then(|| *self = written)
    }

    /// That the scope holds nothing, by the narrowest of its conditions.
    fn nothing(&self, lang: Lang) -> Unanswered {
        let said = [
            (&self.matching, ("没有这样的文字", "no such text")),
            (&self.section, ("没有这样的章节", "no such section")),
            (&self.part, ("没有这样的部分", "no such part")),
            (&self.title, ("没有这样的报告", "no such report")),
        ];
        let narrowest = said.into_iter().find_map(|(words, message)| Some((words.as_ref()?, message)));
        match narrowest {
            Some((words, message)) => nothing(lang, message, words),
            None => Unanswered::Nothing(lang.pick("没有这样的报告", "no such report").to_owned()),
        }
    }
}

/// The place a person names.
///
/// # Errors
/// When there is none of that name.
pub fn place(corpus: &Corpus, words: &str, lang: Lang) -> Result<PlaceId, Unanswered> {
    choose::place(corpus, words).ok_or_else(|| nothing(lang, ("没有这个地方", "no such place"), words))
}

fn nothing(lang: Lang, (zh, en): (&str, &str), words: &str) -> Unanswered {
    Unanswered::Nothing(format!("{}: {words}", lang.pick(zh, en)))
}
