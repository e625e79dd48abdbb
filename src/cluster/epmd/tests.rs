use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::mpsc,
    time::timeout,
};

use super::{Epmd, Event};

const SOON: Duration = Duration::from_secs(10);

struct Served {
    epmd: Epmd,
    events: mpsc::Receiver<Event>,
}

async fn served() -> Served {
    let (sender, events) = mpsc::channel(64);
    Served { epmd: Epmd::start(sender).await.expect("a free port"), events }
}

impl Served {
    async fn asks(&self, request: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.epmd.port())).await.expect("it listens");
        let length = (request.len() as u16).to_be_bytes();
        stream.write_all(&[&length[..], request].concat()).await.expect("it takes the request");
        stream
    }

    async fn answers(&self, request: &[u8]) -> Vec<u8> {
        let mut answer = Vec::new();
        let mut stream = self.asks(request).await;
        // Being hung up on with part of the request unread is a reset, not an end.
        let _ = timeout(SOON, stream.read_to_end(&mut answer)).await.expect("it closes");
        answer
    }

    async fn sees(&mut self, event: Event) {
        assert_eq!(timeout(SOON, self.events.recv()).await.expect("something happens"), Some(event));
    }
}

fn alive(name: &str, highest: u8) -> Vec<u8> {
    let head = [120, 0x12, 0x34, 77, 0, 0, highest, 0, 5, 0, name.len() as u8];
    [&head[..], name.as_bytes(), &[0, 0]].concat()
}

async fn first<const N: usize>(stream: &mut TcpStream) -> [u8; N] {
    let mut bytes = [0; N];
    timeout(SOON, stream.read_exact(&mut bytes)).await.expect("it answers").expect("it reads");
    bytes
}

fn registered(name: &str) -> Event {
    Event::Registered { name: name.into() }
}

#[tokio::test]
async fn a_name_lives_as_long_as_its_connection() {
    let mut it = served().await;
    let mut alex = it.asks(&alive("alex", 6)).await;
    let [tag, result, ..] = first::<6>(&mut alex).await;
    assert_eq!([tag, result], [118, 0]);
    it.sees(registered("alex")).await;

    let found = it.answers(b"zalex").await;
    assert_eq!(found, [&[119, 0, 0x12, 0x34, 77, 0, 0, 6, 0, 5, 0, 4][..], b"alex", &[0, 0]].concat());
    it.sees(Event::LookedUp { name: "alex".into(), found: true }).await;

    drop(alex);
    it.sees(Event::Unregistered { name: "alex".into() }).await;
    assert_eq!(it.answers(b"zalex").await, [119, 1]);
    it.sees(Event::LookedUp { name: "alex".into(), found: false }).await;
}

#[tokio::test]
async fn a_taken_name_is_refused_and_the_first_keeps_it() {
    let it = served().await;
    let mut alex = it.asks(&alive("alex", 6)).await;
    first::<6>(&mut alex).await;
    assert_eq!(it.answers(&alive("alex", 6)).await, [118, 1, 0, 0, 0, 99]);
    assert_eq!(it.answers(&alive("alex", 5)).await, [121, 1, 0, 99]);
    assert_eq!(it.answers(b"zalex").await[1], 0);
}

#[tokio::test]
async fn creations_differ_and_fit_the_peer() {
    let it = served().await;
    let [.., one] = first::<6>(&mut it.asks(&alive("one", 6)).await).await;
    let [.., two] = first::<6>(&mut it.asks(&alive("two", 6)).await).await;
    assert_ne!(one, two);
    let [tag, result, high, low] = first::<4>(&mut it.asks(&alive("old", 5)).await).await;
    assert_eq!([tag, result, high], [121, 0, 0]);
    assert!((1..=3).contains(&low), "{low}");
}

#[tokio::test]
async fn names_are_listed_and_nobody_may_end_it() {
    let it = served().await;
    let mut alex = it.asks(&alive("alex", 6)).await;
    first::<6>(&mut alex).await;
    let port = u32::from(it.epmd.port()).to_be_bytes();
    let names = it.answers(b"n").await;
    assert_eq!(names, [&port[..], b"name alex at port 4660\n"].concat());
    assert_eq!(it.answers(b"k").await, b"NO");
    assert_eq!(it.answers(b"salex").await, b"");
    assert_eq!(it.answers(b"d").await, port);
    assert_eq!(it.answers(b"n").await, names);
}

#[tokio::test]
async fn nonsense_is_hung_up_on() {
    let it = served().await;
    for bad in [&b""[..], b"?", b"z", b"x\0\0", &alive("a\nb", 6), &[b'z'; 3000]] {
        assert_eq!(it.answers(bad).await, b"", "{bad:?}");
    }
}

#[tokio::test]
async fn half_a_request_is_not_waited_for() {
    let epmd = Epmd::start_with(mpsc::channel(1).0, Duration::from_millis(50)).await.expect("a free port");
    let mut stream = TcpStream::connect(("127.0.0.1", epmd.port())).await.expect("it listens");
    stream.write_all(&[0, 5, b'z']).await.expect("it takes them");
    let closed = timeout(SOON, stream.read(&mut [0; 8])).await.expect("it gives up");
    assert_eq!(closed.expect("it reads"), 0);
}
