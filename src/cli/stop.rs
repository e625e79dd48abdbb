//! Being told to stop from outside.

use futures_util::future::select_all;
use tokio::signal::unix::{SignalKind, signal};

/// Ends on SIGINT, SIGTERM or SIGHUP. A terminal in raw mode sends no SIGINT: there, Ctrl-C is a key.
pub async fn told_to_stop() {
    let kinds = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()];
    let signals = kinds.into_iter().filter_map(|kind| signal(kind).ok());
    let waits: Vec<_> = signals.map(|mut signal| Box::pin(async move { signal.recv().await })).collect();
    if waits.is_empty() {
        std::future::pending::<()>().await;
    }
    select_all(waits).await;
}

/// Panics on SIGUSR2, so that a test can see that nothing is left of a Moebi that panics. A release never does.
pub async fn told_to_panic() -> std::convert::Infallible {
    if cfg!(debug_assertions)
        && let Ok(mut signal) = signal(SignalKind::user_defined2())
    {
        signal.recv().await;
        panic!("as SIGUSR2 wants it");
    }
    std::future::pending().await
}
