//! Elements of HTML by what they do to a text. Does not know about: pages.

/// What no reader sees, or what every page of a site has.
pub const SKIPPED: [&str; 14] = [
    "script", "style", "noscript", "nav", "footer", "aside", "select", "button", "template", "svg", "iframe",
    "textarea", "object", "audio",
];
/// Elements that hold other blocks.
pub const CONTAINERS: [&str; 14] =
    ["body", "div", "section", "article", "main", "table", "td", "th", "ul", "ol", "dl", "form", "center", "fieldset"];
/// Elements that only end a line.
pub const LINES: [&str; 22] = [
    "p",
    "br",
    "li",
    "dt",
    "dd",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "blockquote",
    "pre",
    "header",
    "figure",
    "figcaption",
    "address",
    "caption",
    "tbody",
    "thead",
];

/// Whether nothing stands in an element.
pub fn is_void(name: &str) -> bool {
    matches!(
        name,
        "br" | "hr" | "img" | "input" | "meta" | "link" | "area" | "base" | "col" | "embed" | "source" | "wbr"
    )
}
