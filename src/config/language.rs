//! Which language the interface speaks. In: flag, setting, environment. Out: a [`Lang`]. Does not know about: any text.

use super::Language;
use crate::text::Lang;

/// The language: the flag, then the setting, then the locale (`LC_ALL`, `LC_MESSAGES`, `LANG`, the first that is not empty).
///
/// A Chinese locale means Chinese. So does none (unset, `C`, `POSIX`), because the reports are Chinese; any other means English.
pub fn resolve(flag: Option<Lang>, setting: Language, env: impl Fn(&str) -> Option<String>) -> Lang {
    if let Some(lang) = flag {
        return lang;
    }
    match setting {
        Language::Zh => Lang::Zh,
        Language::En => Lang::En,
        Language::Auto => {
            let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(env).find(|value| !value.is_empty());
            locale.map_or(Lang::Zh, |locale| of_locale(&locale))
        }
    }
}

/// The language of a POSIX locale name such as `zh_CN.UTF-8`.
fn of_locale(locale: &str) -> Lang {
    let name = locale.split(['_', '.', '@', '-']).next().unwrap_or_default();
    match name.to_ascii_lowercase().as_str() {
        "zh" | "c" | "posix" => Lang::Zh,
        _ => Lang::En,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flag_then_setting_then_locale() {
        use Language::{Auto, En, Zh};
        type Env<'a> = &'a [(&'a str, &'a str)];
        let cases: [(Option<Lang>, Language, Env, Lang); 12] = [
            (None, Auto, &[], Lang::Zh),
            (None, Auto, &[("LANG", "C")], Lang::Zh),
            (None, Auto, &[("LANG", "C.UTF-8")], Lang::Zh),
            (None, Auto, &[("LANG", "POSIX")], Lang::Zh),
            (None, Auto, &[("LANG", "en_US.UTF-8")], Lang::En),
            (None, Auto, &[("LANG", "zh_CN.UTF-8")], Lang::Zh),
            (None, Auto, &[("LANG", "zh-TW")], Lang::Zh),
            (None, Auto, &[("LC_ALL", ""), ("LC_MESSAGES", "de_DE"), ("LANG", "zh_CN")], Lang::En),
            (None, Auto, &[("LC_ALL", "zh_CN"), ("LANG", "en_US")], Lang::Zh),
            (None, En, &[("LANG", "zh_CN")], Lang::En),
            (None, Zh, &[("LANG", "en_US")], Lang::Zh),
            (Some(Lang::En), Zh, &[("LANG", "zh_CN")], Lang::En),
        ];
        for (flag, setting, env, want) in cases {
            let get = |name: &str| env.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
            assert_eq!(resolve(flag, setting, get), want, "{flag:?} {setting:?} {env:?}");
        }
    }
}
