//! The pages that a document says it has. In: a document. Out: for each of them its place among those that can be opened, or
//! nothing. Does not know about: what stands on them.

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::dict::keys::{KIDS, PAGES, TYPE};
use hayro_interpret::hayro_syntax::object::{Array, Dict, MaybeRef, Name, ObjectIdentifier};
use rustc_hash::FxHashSet;

/// Branches stand in branches at most so deep.
const DEEPEST: usize = 64;
/// A tree has at most so many leaves.
const MOST_LEAVES: usize = 20_000;

/// For every page in its order its index among the pages that can be opened; none if it cannot.
pub fn places(pdf: &Pdf) -> Vec<Option<usize>> {
    let opened = pdf.pages().len();
    let mut walk = PageTreeWalk { pdf, seen: FxHashSet::default(), leaves: Vec::new() };
    let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    if let Some(pages) = root.and_then(|root| root.get::<Dict<'_>>(PAGES)) {
        walk.seen.extend(pages.obj_id());
        walk.branch(&pages, 0);
    }
    let there = walk.leaves.iter().filter(|leaf| **leaf).count();
    if there != opened {
        // The library found the pages in another way: which of them are missing is not known.
        return (0..opened).map(Some).collect();
    }
    let mut next = 0..;
    walk.leaves.iter().map(|leaf| if *leaf { next.next() } else { None }).collect()
}

struct PageTreeWalk<'p> {
    pdf: &'p Pdf,
    seen: FxHashSet<ObjectIdentifier>,
    /// Whether each page can be opened.
    leaves: Vec<bool>,
}

impl PageTreeWalk<'_> {
    fn branch(&mut self, branch: &Dict<'_>, depth: usize) {
        let Some(kids) = branch.get::<Array<'_>>(KIDS).filter(|_| depth < DEEPEST) else { return };
        for kid in kids.raw_iter() {
            if self.leaves.len() >= MOST_LEAVES {
                return;
            }
            let kid = match kid {
                MaybeRef::Ref(reference) => {
                    if !self.seen.insert(reference.into()) {
                        continue;
                    }
                    self.pdf.xref().get::<Dict<'_>>(reference.into())
                }
                MaybeRef::NotRef(object) => object.into_dict(),
            };
            match kid {
                None => self.leaves.push(false),
                Some(kid) if kid.get::<Name<'_>>(TYPE).is_some_and(|name| name.as_ref() == PAGES) => {
                    self.branch(&kid, depth + 1);
                }
                Some(_) => self.leaves.push(true),
            }
        }
    }
}
