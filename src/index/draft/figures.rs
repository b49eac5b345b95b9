//! Figures that another report states otherwise. In: a draft, the other reports of its place. Out: remarks. Does not know
//! about: how figures are read.

use super::remark::{Remark, RemarkKind};
use crate::corpus::{Corpus, ReportId};
use crate::index::targets::{Indicators, Status, TargetFigure, read};

/// Adds figures of the draft that another report of the same place states with another value: of the same indicator, measure,
/// year and unit, both achieved.
pub fn check(corpus: &Corpus, draft: ReportId, list: &Indicators, remarks: &mut Vec<Remark>) {
    let (Some((document, report)), Some(place)) = (corpus.report(draft), corpus.place_of(draft)) else { return };
    if corpus.place(place).name.is_empty() {
        return;
    }
    let own = read(document, report, list).figures;
    let others = corpus.place(place).reports.iter().filter(|id| corpus.original(**id) != corpus.original(draft));
    let stated: Vec<(ReportId, TargetFigure)> = others
        .filter_map(|id| Some((*id, corpus.report(*id)?)))
        .flat_map(|(id, (document, report))| read(document, report, list).figures.into_iter().map(move |f| (id, f)))
        .collect();
    for figure in own.iter().filter(|figure| figure.status == Status::Achieved && !figure.period) {
        let same = |other: &&(ReportId, TargetFigure)| {
            let f = &other.1;
            f.status == Status::Achieved
                && !f.period
                && (&f.indicator, f.measure, f.year, &f.unit)
                    == (&figure.indicator, figure.measure, figure.year, &figure.unit)
        };
        let mut found = stated.iter().filter(same).peekable();
        if found.peek().is_none() || found.clone().any(|(_, other)| other.value == figure.value) {
            continue;
        }
        if let Some((id, other)) = found.next() {
            let note = format!("{} {}{}", figure.indicator, other.value, other.unit);
            remarks.push(Remark {
                kind: RemarkKind::Figure,
                span: figure.number,
                note,
                other: Some((*id, other.number)),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::DocumentId;
    use crate::index::fixture::{corpus, document};

    #[test]
    fn a_value_stated_otherwise_is_told() {
        let past = "#1 2022年工作回顾\n";
        let corpus = corpus(vec![
            document("云和市", &format!("{past}地区生产总值增长6.5%，固定资产投资增长9%。")),
            document("云和市", &format!("{past}地区生产总值增长6.1%，固定资产投资增长9%，修渠。")),
        ]);
        let draft = ReportId { document: DocumentId(0), index: 0 };
        let mut remarks = Vec::new();
        check(&corpus, draft, &Indicators::default(), &mut remarks);
        let told: Vec<_> =
            remarks.iter().map(|r| (r.span.slice(corpus.report(draft).unwrap().0.text()), r.note.as_str())).collect();
        assert_eq!(told, [("6.5%", "地区生产总值 6.1%")]);
    }
}
