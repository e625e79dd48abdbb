//! The least epmd that nodes accept: registration and lookup ("Distribution Protocol" in Erlang's documentation).

use std::{
    collections::HashMap,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

type Names = Arc<Mutex<HashMap<Vec<u8>, [u8; 2]>>>;

pub struct Epmd {
    pub port: u16,
}

impl Epmd {
    /// Serves until the test's process ends.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("a port").port();
        let names = Names::default();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let names = Arc::clone(&names);
                thread::spawn(move || serve(stream, &names));
            }
        });
        Self { port }
    }
}

fn serve(mut stream: TcpStream, names: &Names) -> Option<()> {
    let mut length = [0; 2];
    stream.read_exact(&mut length).ok()?;
    let mut request = vec![0; u16::from_be_bytes(length).into()];
    stream.read_exact(&mut request).ok()?;
    let (kind, body) = request.split_first()?;
    match kind {
        120 => register(stream, body, names),
        122 => look_up(stream, body, names),
        _ => None,
    }
}

/// Port, type, protocol, two versions, then the name; registered for as long as the connection lasts.
fn register(mut stream: TcpStream, body: &[u8], names: &Names) -> Option<()> {
    let name = body.get(10..10 + usize::from(u16::from_be_bytes(*body.get(8..)?.first_chunk()?)))?.to_vec();
    names.lock().ok()?.insert(name.clone(), *body.first_chunk()?);
    stream.write_all(&[118, 0, 0, 0, 0, 4]).ok()?;
    let _ = stream.read(&mut [0]);
    names.lock().ok()?.remove(&name);
    Some(())
}

fn look_up(mut stream: TcpStream, name: &[u8], names: &Names) -> Option<()> {
    let Some(port) = names.lock().ok()?.get(name).copied() else {
        return stream.write_all(&[119, 1]).ok();
    };
    let length = u16::try_from(name.len()).ok()?.to_be_bytes();
    let reply = [&[119, 0], port.as_slice(), &[77, 0, 0, 6, 0, 5], &length, name, &[0, 0]].concat();
    stream.write_all(&reply).ok()
}
