//! `yilan clips`, `marks` and `open` without a screen: what was copied and marked, with its sources, and the passage of a link.
//! In: the files of the state folder, a link. Out: quotations. Does not know about: how they came there.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::output::{OutputColumn, write_table};
use super::{Outcome, Setting, finish, open, say};
use crate::index::quotation::{CitationForm, Permalink, Quotation};
use crate::store::export::{NotedQuotation, QuotationFormat, write_quotations};
use crate::store::{clips, marks};

/// How quotations are printed.
#[derive(Debug, Clone, Copy, Default, Args)]
pub struct QuotationFlags {
    /// One JSON object a line.
    /// ‖ 每行一个 JSON 对象
    #[arg(long, conflicts_with_all = ["csv", "markdown", "text"])]
    pub json: bool,
    /// Comma-separated values with a heading row.
    /// ‖ 逗号分隔（CSV），首行为列名
    #[arg(long, conflicts_with_all = ["markdown", "text"])]
    pub csv: bool,
    /// CSV for a spreadsheet: with a byte order mark, and cells that would be taken for formulas kept as text.
    /// ‖ 给电子表格的 CSV：带字节顺序标记，会被当成公式的格子按文字保留
    #[arg(long, requires = "csv")]
    pub excel: bool,
    /// Markdown quotations with links.
    /// ‖ Markdown 引文，带链接
    #[arg(long, conflicts_with = "text")]
    pub markdown: bool,
    /// Plain paragraphs with their sources, to be pasted into a document.
    /// ‖ 普通段落附出处，可直接贴进文稿
    #[arg(long)]
    pub text: bool,
    /// How sources are said: plain, gbt7714 [default: copy.form of the config].
    /// ‖ 出处的写法：plain 普通、gbt7714［默认：配置中的 copy.form］
    #[arg(long, value_name = "FORM", value_parser = form)]
    pub form: Option<CitationForm>,
}

impl QuotationFlags {
    const fn format(self) -> Option<QuotationFormat> {
        match self {
            Self { json: true, .. } => Some(QuotationFormat::Json),
            Self { csv: true, excel: true, .. } => Some(QuotationFormat::Excel),
            Self { csv: true, .. } => Some(QuotationFormat::Csv),
            Self { markdown: true, .. } => Some(QuotationFormat::Markdown),
            Self { text: true, .. } => Some(QuotationFormat::Text),
            _ => None,
        }
    }
}

fn form(text: &str) -> Result<CitationForm, String> {
    match text {
        "plain" => Ok(CitationForm::Plain),
        "gbt7714" => Ok(CitationForm::Gbt7714),
        _ => Err("valid: plain, gbt7714 ‖ 可用：plain、gbt7714".into()),
    }
}

/// A quotation with what is told of it.
struct KeptQuotation {
    quotation: Quotation,
    note: String,
    tags: Vec<String>,
    time: Option<u64>,
}

/// Prints what was copied, oldest first, or takes it all away.
pub fn clips(out: &mut dyn Write, clear: bool, flags: QuotationFlags, setting: &Setting) -> io::Result<Outcome> {
    let Some(folder) = &setting.places.state_dir else { return Ok(Outcome::Nothing) };
    if clear {
        let removed = clips::clear(folder, setting.lang)?;
        say(&format!("{removed} {}", setting.lang.pick("条摘录已删除", "clips taken away")));
        return Ok(Outcome::found(removed > 0));
    }
    let read = clips::load(folder, setting.lang).map(|clips| {
        let kept = |clip: clips::Clip| KeptQuotation {
            quotation: clip.quotation,
            note: String::new(),
            tags: Vec::new(),
            time: Some(clip.time),
        };
        clips.into_iter().map(kept).collect()
    });
    print(out, read, flags, setting)
}

/// Prints the marked passages, those with a tag if one is given.
pub fn marks(out: &mut dyn Write, tag: Option<&str>, flags: QuotationFlags, setting: &Setting) -> io::Result<Outcome> {
    let Some(folder) = &setting.places.state_dir else { return Ok(Outcome::Nothing) };
    let wanted = tag.map(|tag| tag.trim_start_matches(['#', '＃']));
    let read = marks::load(folder, setting.lang).map(|marks| {
        let tagged = |mark: &marks::KeptMark| wanted.is_none_or(|tag| mark.tags.iter().any(|own| own == tag));
        let kept = |mark: marks::KeptMark| KeptQuotation {
            quotation: mark.quotation,
            note: mark.note,
            tags: mark.tags,
            time: None,
        };
        marks.into_iter().filter(tagged).map(kept).collect()
    });
    print(out, read, flags, setting)
}

fn print(
    out: &mut dyn Write,
    read: Result<Vec<KeptQuotation>, String>,
    flags: QuotationFlags,
    setting: &Setting,
) -> io::Result<Outcome> {
    let kept = match read {
        Ok(kept) => kept,
        Err(why) => {
            say(&why);
            return Ok(Outcome::Wrong);
        }
    };
    let form = flags.form.unwrap_or(setting.config.copy.form);
    let sources: Vec<String> = kept.iter().map(|one| one.quotation.source(form, setting.lang)).collect();
    let Some(format) = flags.format() else {
        let columns = [
            OutputColumn::words("文字", "text"),
            OutputColumn::words("出处", "source"),
            OutputColumn::words("批注", "note"),
            OutputColumn::words("链接", "link"),
        ];
        let rows = kept.iter().zip(&sources).map(|(one, source)| {
            let tags = one.tags.iter().map(|tag| format!("#{tag}"));
            let note =
                Some(one.note.clone()).filter(|note| !note.is_empty()).into_iter().chain(tags).collect::<Vec<_>>();
            vec![first_words(&one.quotation.text), source.clone(), note.join(" "), one.quotation.link.clone()]
        });
        write_table(out, setting, &columns, &rows.collect::<Vec<_>>())?;
        return Ok(Outcome::found(!kept.is_empty()));
    };
    let noted = kept.iter().zip(&sources).map(|(one, source)| NotedQuotation {
        quotation: &one.quotation,
        source,
        note: &one.note,
        tags: &one.tags,
        time: one.time,
    });
    write_quotations(out, noted, format, setting.lang)?;
    Ok(Outcome::found(!kept.is_empty()))
}

/// As much of a text as tells which it is.
fn first_words(text: &str) -> String {
    const CHARS: usize = 20;
    let mut words: String = text.chars().take(CHARS).map(|c| if c == '\n' { ' ' } else { c }).collect();
    if text.chars().nth(CHARS).is_some() {
        words.push('…');
    }
    words
}

/// Prints the passage of a link with its source.
pub fn print_passage(link: Permalink, paths: &[PathBuf], setting: &Setting) -> ExitCode {
    finish(
        |out| {
            let corpus = open::open(paths, false, setting);
            open::report_losses(&corpus, setting);
            if open::nothing_there(&corpus) {
                return Ok(Outcome::Wrong);
            }
            let Some(found) = link.find(&corpus) else {
                say(setting.lang.pick("没有找到这一段", "this passage was not found"));
                return Ok(Outcome::Nothing);
            };
            let Some((document, report)) = corpus.report(found.report) else { return Ok(Outcome::Nothing) };
            let quotation = Quotation::of(document, report, found.lines);
            let whole = quotation.whole(setting.config.copy.form, setting.lang);
            let shown: Vec<_> = whole.lines().map(crate::text::visible::visible).collect();
            writeln!(out, "{}", shown.join("\n"))?;
            Ok(Outcome::Found)
        },
        setting.lang,
    )
}
