//! Whose report it is.

use serde::Serialize;

/// The body (机构) a report comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub enum Body {
    /// Standing committee of a people's congress.
    #[serde(rename = "人大常委会")]
    Congress,
    /// People's political consultative conference.
    #[serde(rename = "政协")]
    Consultative,
    /// People's government.
    #[serde(rename = "政府")]
    Government,
    /// People's court.
    #[serde(rename = "法院")]
    Court,
    /// People's procuratorate.
    #[serde(rename = "检察院")]
    Procuratorate,
    /// Any other, or not recognised.
    #[default]
    #[serde(rename = "其他")]
    Other,
}

impl Body {
    /// Every body, in the order lists show them.
    pub const ALL: [Self; 6] =
        [Self::Congress, Self::Consultative, Self::Government, Self::Court, Self::Procuratorate, Self::Other];

    /// The Chinese name, as in the JSON contract.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Congress => "人大常委会",
            Self::Consultative => "政协",
            Self::Government => "政府",
            Self::Court => "法院",
            Self::Procuratorate => "检察院",
            Self::Other => "其他",
        }
    }
}
