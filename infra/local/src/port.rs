//! The port of the API: taken at the start, so that its number is known, and opened when the system can serve. Until then a connection
//! is refused, and nobody takes a system that is starting for one that is broken.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};

use tokio::net::{TcpListener, TcpSocket};

use crate::options::StartError;

/// How many connections may wait to be accepted.
const BACKLOG: u32 = 1024;

/// A port that is taken and not open yet.
pub(crate) struct Port {
    socket: TcpSocket,
    wanted: u16,
}

impl Port {
    /// Takes a port on loopback; 0 for any that is free.
    pub(crate) fn take(wanted: u16) -> Result<Self, StartError> {
        let taken = TcpSocket::new_v4().and_then(|socket| {
            // A port that was asked for is taken again at once after a stop, while connections of before are still winding down.
            socket.set_reuseaddr(wanted != 0)?;
            socket.bind(SocketAddr::V4(SocketAddrV4::new(Ipv4Addr::LOCALHOST, wanted)))?;
            Ok(socket)
        });
        taken.map(|socket| Self { socket, wanted }).map_err(|error| refused(wanted, error))
    }

    /// Its URL.
    pub(crate) fn url(&self) -> Result<String, StartError> {
        let address = self.socket.local_addr().map_err(|error| refused(self.wanted, error))?;
        Ok(format!("http://{address}"))
    }

    /// Opens it.
    pub(crate) fn open(self) -> Result<TcpListener, StartError> {
        self.socket.listen(BACKLOG).map_err(|error| refused(self.wanted, error))
    }
}

fn refused(port: u16, error: io::Error) -> StartError {
    match error.kind() {
        io::ErrorKind::AddrInUse => StartError::PortInUse(port),
        _ => StartError::Port { port, error },
    }
}
