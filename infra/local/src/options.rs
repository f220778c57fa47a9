//! How a cloud is to be started, and why it could not be.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;

use crate::areas::{AREAS, Area};
use crate::faults::Faults;
use crate::lambda::InvokeError;
use crate::template::TemplateError;

/// The template of this repository.
const TEMPLATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../template.yaml");

/// How a cloud is to be started. The default is a cloud for a test: in memory, on any port, with this repository's template.
#[derive(Clone)]
pub struct Options {
    /// The template.
    pub template: TemplateSource,
    /// The areas whose functions the template may name.
    pub areas: Vec<Area>,
    /// The port of the API on loopback; 0 for any that is free.
    pub port: u16,
    /// Where data is kept.
    pub data: Data,
    /// Who is invited as the first administrator.
    pub administrator: String,
    /// Where links in mails lead, if not to the API itself.
    pub public_url: Option<String>,
    /// Values for the template's parameters.
    pub parameters: BTreeMap<String, String>,
    /// What time it is at the start. By default the clock goes on as it was left, or with the machine's.
    pub now: Option<Timestamp>,
    /// The faults that are in force once the cloud has started.
    pub faults: Faults,
    /// How many mails, events and runs of schedules are remembered, of each the last.
    pub remembered: usize,
    /// Whether every function is prepared before the API answers, so that one that cannot be is an error at the start. Otherwise each
    /// is prepared when it is first needed, which tests of a few functions are spared.
    pub prepared: bool,
    /// How much longer than necessary every call to DynamoDB takes.
    pub latency: Duration,
}

/// Where a template comes from.
#[derive(Clone, Debug)]
pub enum TemplateSource {
    /// A file.
    File(PathBuf),
    /// The text itself.
    Text(String),
}

/// Where a cloud keeps its data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Data {
    /// In memory: it is gone with the cloud. The tables have room for 1 GiB.
    InMemory,
    /// In a folder, which is made if it is not there.
    Folder(PathBuf),
}

impl Default for Options {
    fn default() -> Self {
        Self {
            template: TemplateSource::File(PathBuf::from(TEMPLATE)),
            areas: AREAS.to_vec(),
            port: 0,
            data: Data::InMemory,
            administrator: "administrator@example.com".to_owned(),
            public_url: None,
            parameters: BTreeMap::new(),
            now: None,
            faults: Faults::default(),
            remembered: 1_000,
            prepared: false,
            latency: Duration::ZERO,
        }
    }
}

impl Options {
    /// The values of parameters: those that were given, and for the rest what goes without saying on one machine.
    pub(crate) fn parameters(&self, own_url: &str) -> BTreeMap<String, String> {
        let mut parameters = BTreeMap::from([
            ("BusinessName".to_owned(), "Clientele".to_owned()),
            ("SenderAddress".to_owned(), "clientele@example.com".to_owned()),
            ("AdministratorEmail".to_owned(), self.administrator.clone()),
            ("PublicUrl".to_owned(), self.public_url.as_deref().unwrap_or(own_url).to_owned()),
        ]);
        parameters.extend(self.parameters.clone());
        parameters
    }
}

/// Why a cloud could not be started, in one sentence.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The template cannot be read.
    #[error("The template {} cannot be read: {error}.", .path.display())]
    Unreadable {
        /// Its path.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The template cannot be run.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// A function cannot be prepared.
    #[error("{id}: {error}.")]
    Function {
        /// The logical id of the function.
        id: String,
        /// Why.
        error: InvokeError,
    },
    /// The system says that it cannot serve, after everything has run that should make it ready.
    #[error("The system is not ready, {path} says: {reason}.")]
    NotReady {
        /// The path that was asked.
        path: &'static str,
        /// What it said.
        reason: String,
    },
    /// Another program listens on the port.
    #[error("Port {0} is in use: choose another one with --port.")]
    PortInUse(u16),
    /// The port cannot be listened on.
    #[error("Port {port} cannot be used: {error}.")]
    Port {
        /// The port.
        port: u16,
        /// Why.
        error: io::Error,
    },
    /// The folder for data cannot be used.
    #[error("The data folder {} cannot be used: {error}.", .path.display())]
    Folder {
        /// Its path.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A file in the folder for data does not hold what it should.
    #[error("The file {} is corrupt: {error}. Remove it to go on without what it held, or its folder to start afresh.", .path.display())]
    Corrupt {
        /// Its path.
        path: PathBuf,
        /// What is wrong with it.
        error: io::Error,
    },
    /// The database in the folder for data cannot be read.
    #[error("The database {} cannot be read: {reason}. Remove its folder to start afresh.", .path.display())]
    CorruptDatabase {
        /// Its path.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Another cloud is using the folder.
    #[error("The data folder {} is in use by another cloud: choose another one with --data.", .0.display())]
    FolderInUse(PathBuf),
    /// A table in the folder was made from another template.
    #[error("The table {table} in {} has other keys or indexes than the template: remove the folder to start afresh.", .path.display())]
    OtherTable {
        /// The name of the table.
        table: String,
        /// The folder.
        path: PathBuf,
    },
    /// The database refuses something.
    #[error("The database cannot be prepared: {0}.")]
    Database(String),
}
