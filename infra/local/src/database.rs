//! The embedded database and the tables of the template in it.

use dynoxide::Database;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::options::StartError;
use crate::state::State;
use crate::template::Table;

/// Opens the database and makes the tables that are not there yet.
pub(crate) fn open(state: &State, tables: &[Table]) -> Result<Database, StartError> {
    let database = match &state.folder {
        Some(folder) => Database::new(&folder.join("dynamodb.sqlite").to_string_lossy()),
        None => Database::memory(),
    };
    let database = database.map_err(refused)?;
    for table in tables {
        let made = state.tables.read(|tables| tables.get(&table.name).cloned());
        match made {
            Some(made) if made == table.creation => {}
            Some(_) => {
                let path = state.folder.clone().unwrap_or_default();
                return Err(StartError::OtherTable { table: table.name.clone(), path });
            }
            None => {
                create(&database, &table.creation)?;
                state.tables.change(|tables| tables.insert(table.name.clone(), table.creation.clone()));
            }
        }
    }
    Ok(database)
}

fn create(database: &Database, creation: &Value) -> Result<(), StartError> {
    let request = serde_json::from_value(creation.clone()).map_err(refused)?;
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
    StartError::Database(error.to_string().trim_end_matches('.').to_owned())
}
