//! Where files live: the only user of `directories`. In: the environment. Out: paths, or `None` without a home directory.
//! Does not know about: what is in the files.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use directories::{BaseDirs, ProjectDirs};

/// The program's own files and folders. `None` where there is no home directory and no override: then nothing is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paths {
    /// The config file; it need not exist.
    pub config_file: Option<PathBuf>,
    /// Whether the user named the config file (flag or variable): then it must exist.
    pub config_named: bool,
    /// The user's words, unless the settings name another file: beside the config file. It need not exist.
    pub words_file: Option<PathBuf>,
    /// Keyword groups made in the program: beside the config file. It need not exist.
    pub groups_file: Option<PathBuf>,
    /// Where state is kept between runs.
    pub state_dir: Option<PathBuf>,
    /// Where what can be made anew is kept.
    pub cache_dir: Option<PathBuf>,
}

impl Paths {
    /// What an administrator sets for everybody: of its settings only `secure` counts.
    pub const SYSTEM_FILE: &'static str = "/etc/yilan/config.toml";
    /// Name of the word file beside the config file.
    pub const WORDS: &'static str = "words.txt";
    /// Name of the file of keyword groups beside the config file.
    pub const GROUPS: &'static str = "groups.txt";
    /// Name of the list of indicators beside the config file.
    pub const INDICATORS: &'static str = "indicators.toml";
    /// Name of the variable that overrides the config file.
    pub const CONFIG_VARIABLE: &'static str = "YILAN_CONFIG";
    /// Name of the variable that overrides the state directory.
    pub const STATE_VARIABLE: &'static str = "YILAN_STATE_DIR";
    /// Name of the variable that overrides the cache directory.
    pub const CACHE_VARIABLE: &'static str = "YILAN_CACHE_DIR";

    /// The flag `--config`, then `YILAN_CONFIG`, `YILAN_STATE_DIR` and `YILAN_CACHE_DIR`, then the platform's places.
    /// An empty variable counts as unset.
    pub fn discover(config_flag: Option<&Path>, env: impl Fn(&str) -> Option<OsString>) -> Self {
        let variable = |name| env(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let named = config_flag.map(Path::to_path_buf).or_else(|| variable(Self::CONFIG_VARIABLE));
        let (state, cache) = (variable(Self::STATE_VARIABLE), variable(Self::CACHE_VARIABLE));
        let project = ProjectDirs::from("", "", "yilan");
        let project = project.as_ref();
        let config_named = named.is_some();
        let config_file = named.or_else(|| Some(project?.config_dir().join("config.toml")));
        Self {
            words_file: config_file.as_deref().map(|file| file.with_file_name(Self::WORDS)),
            groups_file: config_file.as_deref().map(|file| file.with_file_name(Self::GROUPS)),
            config_named,
            config_file,
            // Only Linux has a state directory of its own; elsewhere it lies with the local data.
            state_dir: state.or_else(|| project.map(|p| p.state_dir().unwrap_or(p.data_local_dir()).to_path_buf())),
            cache_dir: cache.or_else(|| project.map(|p| p.cache_dir().to_path_buf())),
        }
    }
}

/// `path` seen from `folder`; a leading `~/` is the home directory, where there is one.
pub fn resolve(path: &Path, folder: &Path) -> PathBuf {
    match path.strip_prefix("~") {
        Ok(rest) => BaseDirs::new().map_or_else(|| path.to_path_buf(), |dirs| dirs.home_dir().join(rest)),
        Err(_) => folder.join(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flag_wins_over_variable_and_an_empty_variable_counts_as_unset() {
        let env = |name: &str| match name {
            Paths::CONFIG_VARIABLE => Some("/e/config.toml".into()),
            Paths::STATE_VARIABLE => Some("/e/state".into()),
            Paths::CACHE_VARIABLE => Some(OsString::new()),
            _ => None,
        };
        let paths = Paths::discover(Some(Path::new("/f.toml")), env);
        assert_eq!(paths.config_file.as_deref(), Some(Path::new("/f.toml")));
        assert!(paths.config_named);
        assert_eq!(paths.words_file.as_deref(), Some(Path::new("/words.txt")));
        assert_eq!(paths.state_dir.as_deref(), Some(Path::new("/e/state")));
        assert_ne!(paths.cache_dir.as_deref(), Some(Path::new("")));
        assert_eq!(Paths::discover(None, env).config_file.as_deref(), Some(Path::new("/e/config.toml")));
        assert!(!Paths::discover(None, |_| None).config_named);
    }

    #[test]
    fn relative_paths_start_at_the_folder() {
        assert_eq!(resolve(Path::new("a/b"), Path::new("/etc")), Path::new("/etc/a/b"));
        assert_eq!(resolve(Path::new("/a/b"), Path::new("/etc")), Path::new("/a/b"));
        assert!(!resolve(Path::new("~/a"), Path::new("/etc")).starts_with("/etc"));
    }
}
