//! The artifacts: where they are, and how they get there.

use std::path::{Path, PathBuf};
use std::process::Command;

use local::AREAS;

use crate::error::Error;

const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The builds that are measured.
pub(crate) struct Artifacts {
    folder: PathBuf,
}

impl Artifacts {
    /// The release builds, which are beside this program's own folder, wherever Cargo's target folder is.
    pub(crate) fn of_this_workspace() -> Result<Self, Error> {
        let program = std::env::current_exe()?;
        let target = program.parent().and_then(Path::parent).ok_or("this program is not in a target folder")?;
        Ok(Self { folder: target.join("release") })
    }

    /// Builds them as SAM builds the areas, from the whole workspace, because that decides which features their dependencies have.
    pub(crate) fn build(&self) -> Result<(), Error> {
        let names = AREAS.iter().map(|area| area.name).chain(["bare"]);
        let binaries = names.flat_map(|name| ["--bin", name]);
        cargo(&["build", "--release"].into_iter().chain(binaries).collect::<Vec<_>>())
    }

    /// An artifact by name: that of an area, or `bare`.
    pub(crate) fn named(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

fn cargo(arguments: &[&str]) -> Result<(), Error> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo).args(arguments).current_dir(WORKSPACE).status()?;
    if status.success() { Ok(()) } else { Err(format!("cargo {} failed", arguments.join(" ")).into()) }
}
