//! The embedded database and the tables of the template in it.

use std::sync::Arc;

use dynoxide::Database;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::options::StartError;
use crate::state::State;
use crate::stream_view;
use crate::template::Table;
use crate::upkeep::Upkeep;

/// The database and its upkeep.
pub(crate) struct Opened {
    pub(crate) database: Database,
    pub(crate) upkeep: Arc<Upkeep>,
}

/// Opens the database and makes the tables that are not there yet.
pub(crate) fn open(state: &State, tables: &[Table]) -> Result<Opened, StartError> {
    let file = state.folder.as_ref().map(|folder| folder.join("dynamodb.sqlite"));
    let location = match &file {
        Some(file) => file.to_string_lossy().into_owned(),
        // Memory that two connections share: https://sqlite.org/src/file/src/memdb.c
        None => format!("file:/clientele-{}?vfs=memdb", uuid::Uuid::new_v4()),
    };
    let unreadable = |reason: String| match &file {
        Some(path) => StartError::CorruptDatabase { path: path.clone(), reason },
        None => refused(reason),
    };
    let database = Database::new(&location).map_err(|error| unreadable(sentence(&error)))?;
    make_tables(&database, state, tables)?;
    let upkeep = Upkeep::open(&location, tables).map_err(|error| unreadable(sentence(&error)))?;
    Ok(Opened { database, upkeep: Arc::new(upkeep) })
}

fn make_tables(database: &Database, state: &State, tables: &[Table]) -> Result<(), StartError> {
    for table in tables {
        let made = state.tables.read(|tables| tables.get(&table.name).cloned());
        match made {
            Some(made) if made == table.creation => {}
            Some(_) => {
                let path = state.folder.clone().unwrap_or_default();
                return Err(StartError::OtherTable { table: table.name.clone(), path });
            }
            None => {
                create(database, &table.creation)?;
                state.tables.change(|tables| tables.insert(table.name.clone(), table.creation.clone()));
            }
        }
    }
    Ok(())
}

fn create(database: &Database, creation: &Value) -> Result<(), StartError> {
    let request = serde_json::from_value(stream_view::keeping_everything(creation)).map_err(refused)?;
    database.create_table(request).map_err(refused)?;
    Ok(())
}

/// Serves the database on an address of its own, which is returned.
pub(crate) async fn serve(database: Database) -> Result<(String, JoinHandle<()>), StartError> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    Ok((format!("http://{address}/"), tokio::spawn(dynoxide::server::serve_on(listener, database))))
}

fn refused(error: impl std::fmt::Display) -> StartError {
    StartError::Database(sentence(&error))
}

/// What went wrong, without a full stop.
fn sentence(error: &impl std::fmt::Display) -> String {
    error.to_string().trim_end_matches('.').to_owned()
}
