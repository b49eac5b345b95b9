//! The places of a corpus as a tree: province, prefecture, county or district.
//!
//! In: a corpus. Out: [`Branch`]es, whose numbers add up from the places below them. Does not know about: queries, screens, what is
//! unfolded.

use crate::corpus::{Corpus, PlaceId};

/// A province, a prefecture or a place, with what lies in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Branch {
    /// Full name; empty for places whose province or prefecture is not known.
    pub name: String,
    /// Its own place of the corpus, where it has reports itself.
    pub place: Option<PlaceId>,
    /// Every place of the corpus in it, itself among them: what its hits are added up from.
    pub places: Vec<PlaceId>,
    /// Their reports.
    pub reports: usize,
    /// What lies in it, in order of first appearance.
    pub children: Vec<Branch>,
    /// The names from its province down to it, where it is listed.
    pub path: String,
}

/// The places of `corpus` under their provinces, and those of a prefecture under it; in order of first appearance. Places without
/// reports are left out. A county right under its province stands beside the prefectures.
pub fn tree(corpus: &Corpus) -> Vec<Branch> {
    let mut top: Vec<Branch> = Vec::new();
    for id in corpus.place_ids() {
        let place = corpus.place(id);
        if place.reports.is_empty() {
            continue;
        }
        let mut names: Vec<&str> = vec![&place.province];
        names.extend(Some(place.prefecture.as_str()).filter(|name| !name.is_empty()));
        if names.last() != Some(&place.name.as_str()) {
            names.push(&place.name);
        }
        add(&mut top, &names, id, place.reports.len());
    }
    top
}

fn add(branches: &mut Vec<Branch>, names: &[&str], id: PlaceId, reports: usize) {
    let Some((&name, below)) = names.split_first() else { return };
    let at = branches.iter().position(|branch| branch.name == name).unwrap_or_else(|| {
        branches.push(Branch { name: name.to_owned(), ..Branch::default() });
        branches.len() - 1
    });
    let Some(branch) = branches.get_mut(at) else { return };
    branch.places.push(id);
    branch.reports += reports;
    match below.is_empty() {
        true => branch.place = Some(id),
        false => add(&mut branch.children, below, id, reports),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fixture::{corpus, document};

    #[test]
    fn counts_add_up() {
        let of = |place: &str, province: &str| {
            let mut document = document(place, "= 政府工作报告\n灯亮了。");
            document.reports[0].province = province.to_owned();
            document
        };
        let corpus = corpus(vec![
            of("易县", "河北省"),
            of("保定市", "河北省"),
            of("保定市清苑区", "河北省"),
            of("清苑县", "河北省"),
            of("河北省", "河北省"),
            of("长春市", "吉林省"),
            of("仙桃市", "湖北省"),
            of("乌有市", ""),
        ]);
        let tree = tree(&corpus);
        let shape: Vec<_> = tree
            .iter()
            .map(|p| {
                (
                    p.name.as_str(),
                    p.reports,
                    p.children.iter().map(|c| (c.name.as_str(), c.reports, c.children.len())).collect::<Vec<_>>(),
                )
            })
            .collect();
        assert_eq!(
            shape,
            [
                ("河北省", 5, vec![("保定市", 4, 2)]),
                ("吉林省", 1, vec![("长春市", 1, 0)]),
                ("湖北省", 1, vec![("仙桃市", 1, 0)]),
                ("", 1, vec![("乌有市", 1, 0)]),
            ]
        );
        assert!(tree[0].place.is_some() && tree[0].children[0].place.is_some());
        assert_eq!(tree[0].children[0].children.iter().map(|c| c.reports).collect::<Vec<_>>(), [1, 2]);
    }
}
