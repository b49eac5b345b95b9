//! Opens the user's editor at a line and waits for it.

use std::path::Path;
use std::process::Command;

use crate::text::Lang;

/// `$VISUAL`, then `$EDITOR`, then vi, with `+LINE FILE`.
///
/// # Errors
/// What to tell the user, when it could not be started or came back with an error.
pub(super) fn open(path: &Path, line: u32, env: impl Fn(&str) -> Option<String>, lang: Lang) -> Result<(), String> {
    let chosen = ["VISUAL", "EDITOR"].into_iter().filter_map(env).find(|value| !value.trim().is_empty());
    let chosen = chosen.unwrap_or_else(|| "vi".to_owned());
    // "code --wait": a program and its arguments, quoted as a shell has it.
    let words = shlex::split(&chosen).filter(|words| !words.is_empty());
    let Some((program, arguments)) = words.as_deref().and_then(<[String]>::split_first) else {
        return Err(match lang {
            Lang::Zh => format!("环境变量 EDITOR 的引号不配对：{chosen}"),
            Lang::En => format!("the quotes of EDITOR do not match: {chosen}"),
        });
    };
    // A name that begins with - or + would be taken for an option.
    let path = if path.is_relative() { Path::new(".").join(path) } else { path.to_owned() };
    let status = Command::new(program).args(arguments).arg(format!("+{line}")).arg(path).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(match lang {
            Lang::Zh => format!("编辑器 {program} 出错：{status}"),
            Lang::En => format!("the editor {program} failed: {status}"),
        }),
        Err(error) => Err(match lang {
            Lang::Zh => format!("无法启动编辑器 {program}（{error}）；请设置环境变量 EDITOR"),
            Lang::En => format!("the editor {program} cannot be started ({error}); set EDITOR"),
        }),
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_or_failing_editor_is_said() {
        let with = |editor: &'static str| {
            open(Path::new("x.txt"), 3, move |name| (name == "EDITOR").then(|| editor.to_owned()), Lang::En)
        };
        assert_eq!(with("true --wait"), Ok(()));
        assert_eq!(with("'true' \"--wait for it\""), Ok(()));
        assert!(with("true '").is_err_and(|why| why.contains("quotes")));
        assert_eq!(with("test ! -z"), Err("the editor test failed: exit status: 2".to_owned()));
        assert!(with("false").is_err_and(|why| why.contains("false failed")));
        assert!(with("/no/such/editor").is_err_and(|why| why.contains("set EDITOR")));
    }
}
