//! A page that needs nothing else: the picture, the table whose columns sort, figures that open to their passages, how it was
//! made. In: a table, passages. Out: HTML. Does not know about: where passages come from.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::svg::svg;
use crate::table::{Cell, Table};
use crate::text::Lang;
use crate::text::visible::visible;

/// A passage behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedPassage {
    /// Where: the place, the title of its report, the line.
    pub source: String,
    /// What stands before the occurrence.
    pub left: String,
    /// The occurrence.
    pub hit: String,
    /// What stands behind it.
    pub right: String,
}

/// Passages of figures by row and column, and how many there are in all.
pub type Passages = BTreeMap<(usize, usize), (Vec<OpenedPassage>, usize)>;

const STYLE: &str = "<style>\
:root{color-scheme:light dark}\
body{font:16px/1.6 system-ui,\"Noto Sans CJK SC\",\"PingFang SC\",\"Microsoft YaHei\",sans-serif;margin:2rem auto;max-width:72rem;\
padding:0 1rem;color:#1b1f24;background:#fff}\
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}\
th,td{padding:.25rem .6rem;border-bottom:1px solid #d8dce2;text-align:left;vertical-align:top}\
th button{font:inherit;font-weight:600;color:inherit;background:none;border:0;padding:0;cursor:pointer}\
th button::after{content:\" \\2195\";opacity:.35}\
th[aria-sort=ascending] button::after{content:\" \\2191\";opacity:1}\
th[aria-sort=descending] button::after{content:\" \\2193\";opacity:1}\
.n{text-align:right}thead th{position:sticky;top:0;background:inherit}thead{background:#fff}\
summary{cursor:pointer;text-decoration:underline dotted}\
details ol{text-align:left;margin:.4rem 0 .4rem 1.2rem;padding:0;max-width:44rem}\
mark{background:#ffe08a;color:inherit}small,footer{color:#5c6470}\
@media (prefers-color-scheme:dark){body,thead{color:#e7e9ec;background:#16181c}th,td{border-color:#363b43}\
mark{background:#6b5200}small,footer{color:#a7afbb}}\
@media print{body,thead{color:#000;background:#fff;max-width:none;margin:0}thead th{position:static}\
th button::after{content:\"\"!important}tr{break-inside:avoid}small,footer{color:#333}}\
</style>";

/// Sorts by a column: numbers by size, texts as the reader's language has them.
const SCRIPT: &str = "<script>\
document.querySelectorAll('th button').forEach(function(b){b.addEventListener('click',function(){\
var h=b.parentElement,t=h.closest('table').tBodies[0],i=h.cellIndex,d=h.getAttribute('aria-sort')==='descending'?1:-1;\
h.parentElement.querySelectorAll('th').forEach(function(o){o.removeAttribute('aria-sort')});\
h.setAttribute('aria-sort',d<0?'descending':'ascending');\
var v=function(r){return r.cells[i].dataset.v||''};\
Array.from(t.rows).sort(function(a,c){var x=v(a),y=v(c);if(x===''||y==='')return x===y?0:x===''?1:-1;\
var n=parseFloat(x)-parseFloat(y);return d*(isNaN(n)?x.localeCompare(y):n)}).forEach(function(r){t.appendChild(r)})})});\
</script>";

/// The page of the first `rows` rows.
pub fn page(table: &Table, passages: &Passages, rows: usize, lang: Lang) -> String {
    let mut out = String::new();
    let title = escape(&table.title);
    let code = lang.pick("zh-CN", "en");
    // Writing into a text cannot fail.
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"{code}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{title}</title>{STYLE}</head>\n\
         <body><h1>{title}</h1>\n"
    );
    if let Some(picture) = svg(table, lang) {
        let _ = writeln!(out, "<figure style=\"margin:0 0 1.5rem\">{picture}</figure>");
    }
    let columns = table.for_people();
    out.push_str("<table><thead><tr>");
    for (_, column) in &columns {
        let class = if column.kind.is_right() { " class=\"n\"" } else { "" };
        let _ = write!(out, "<th{class}><button type=\"button\">{}</button></th>", escape(column.heading(lang)));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in 0..table.len().min(rows) {
        out.push_str("<tr>");
        for &(at, column) in &columns {
            let cell = table.cell(row, at);
            let class = if column.kind.is_right() { " class=\"n\"" } else { "" };
            let value = if cell == Cell::None { String::new() } else { escape(&cell.exact()) };
            let shown = escape(&cell.shown(column.kind));
            let _ = write!(out, "<td{class} data-v=\"{value}\">");
            match passages.get(&(row, at)).filter(|(list, _)| !list.is_empty()) {
                Some((list, all)) => open(&mut out, &shown, list, *all, lang),
                None => out.push_str(&shown),
            }
            out.push_str("</td>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table>\n<footer>");
    for note in &table.notes {
        let _ = write!(out, "<p>{}</p>", escape(note));
    }
    let _ = write!(out, "<p>{}</p></footer>\n{SCRIPT}</body></html>\n", escape(&table.settings.line));
    out
}

/// The page of rows of texts, without a picture: their first cells name them.
pub fn page_of_rows(heads: &[&str], rows: impl Iterator<Item = Vec<String>>, lang: Lang) -> String {
    let title = escape("yilan");
    let code = lang.pick("zh-CN", "en");
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{code}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{title}</title>{STYLE}</head>\n\
         <body><table><thead><tr>"
    );
    for head in heads {
        let _ = write!(out, "<th><button type=\"button\">{}</button></th>", escape(head));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        out.push_str("<tr>");
        for cell in row {
            let cell = escape(&cell);
            let _ = write!(out, "<td data-v=\"{cell}\">{cell}</td>");
        }
        out.push_str("</tr>\n");
    }
    let _ = writeln!(out, "</tbody></table>\n{SCRIPT}</body></html>");
    out
}

fn open(out: &mut String, shown: &str, list: &[OpenedPassage], all: usize, lang: Lang) {
    let _ = write!(out, "<details><summary>{shown}</summary><ol>");
    for passage in list {
        let [left, hit, right, source] =
            [&passage.left, &passage.hit, &passage.right, &passage.source].map(|text| escape(text));
        let _ = write!(out, "<li>{left}<mark>{hit}</mark>{right} <small>{source}</small></li>");
    }
    out.push_str("</ol>");
    if all > list.len() {
        let more = match lang {
            Lang::Zh => format!("共 {all} 处，这里列出前 {} 处", list.len()),
            Lang::En => format!("{all} in all, the first {} are listed", list.len()),
        };
        let _ = write!(out, "<small>{more}</small>");
    }
    out.push_str("</details>");
}

/// A text that is no markup, in which no character is hidden.
fn escape(text: &str) -> String {
    visible(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
