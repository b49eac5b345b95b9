//! Floor 0: work on `&str`. Knows neither reports nor screens.

pub mod bytes;
pub mod digest;
pub mod fold;
pub mod han;
mod kinsoku;
pub mod lang;
pub mod letters;
pub mod misread;
pub mod numeral;
pub mod pinyin;
pub mod span;
pub mod visible;
pub mod width;
pub mod wrap;

pub use lang::Lang;
pub use span::Span;
