//! The orders of terms: their names on the screen, their values on the command line, the columns they sort by. In: an order.
//! Out: words. Does not know about: terms.

use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::Order;
use crate::index::terms::KeywordOrder;

impl Order for KeywordOrder {
    const ALL: &'static [Self] = &[
        Self::Keyness,
        Self::Negative,
        Self::Count,
        Self::Rate,
        Self::LogRatio,
        Self::Range,
        Self::Places,
        Self::Dispersion,
        Self::TfIdf,
    ];

    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Keyness => ("特色", "keyness"),
            Self::Negative => ("少说", "said less"),
            Self::Count => ("次数", "count"),
            Self::Rate => ("万字频", "rate"),
            Self::LogRatio => ("对数比", "log ratio"),
            Self::Range => ("篇数", "reports"),
            Self::Places => ("地数", "places"),
            Self::Dispersion => ("匀布", "evenness"),
            Self::TfIdf => ("TF-IDF", "TF-IDF"),
        }
    }

    fn column(self) -> &'static str {
        match self {
            Self::Keyness | Self::Negative => "g2",
            Self::Count => "count",
            Self::Rate => "rate",
            Self::LogRatio => "log_ratio",
            Self::Range => "reports",
            Self::Places => "places",
            Self::Dispersion => "dp",
            Self::TfIdf => "tf_idf",
        }
    }
}

impl ValueEnum for KeywordOrder {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, help) = match self {
            Self::Keyness => ("keyness", "Those most typical of the scope (highest G²)"),
            Self::Negative => ("negative", "Those the scope has less than the reference (lowest G²)"),
            Self::Count => ("count", "The most frequent"),
            Self::Rate => ("rate", "The most frequent per 10,000 汉字"),
            Self::LogRatio => ("log-ratio", "Those whose rate is most times that of the reference"),
            Self::Range => ("range", "Those that most reports of the corpus use"),
            Self::Places => ("places", "Those that most places of the corpus use"),
            Self::Dispersion => ("dispersion", "The most evenly spread (lowest DP)"),
            Self::TfIdf => ("tf-idf", "The highest TF-IDF"),
        };
        Some(PossibleValue::new(name).help(help))
    }
}
