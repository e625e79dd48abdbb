//! Being told to stop from outside.

use std::{future::poll_fn, task::Poll};

use tokio::signal::unix::{Signal, SignalKind, signal};

/// Listens from its making on, so that nothing that is begun after it is cut off without an end.
#[derive(Debug)]
pub(super) struct Stop(Vec<(SignalKind, Signal)>);

impl Stop {
    /// For SIGINT, SIGTERM and SIGHUP; within the runtime. A terminal in raw mode sends no SIGINT: there, Ctrl-C is a
    /// key.
    pub(super) fn listen() -> Self {
        let kinds = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()];
        Self(kinds.into_iter().filter_map(|kind| Some((kind, signal(kind).ok()?))).collect())
    }

    /// SIGINT is another's from now on.
    pub(super) fn leave_ctrl_c(&mut self) {
        self.0.retain(|(kind, _)| *kind != SignalKind::interrupt());
    }

    /// Ends once one of them has come. Cancel safe.
    pub(super) async fn told(&mut self) {
        poll_fn(|context| match self.0.iter_mut().any(|(_, signal)| signal.poll_recv(context).is_ready()) {
            true => Poll::Ready(()),
            false => Poll::Pending,
        })
        .await;
    }
}

/// Panics on SIGUSR2, so that a test can see that nothing is left of a Moebi that panics. A release never does.
pub(super) async fn told_to_panic() -> std::convert::Infallible {
    if cfg!(debug_assertions)
        && let Ok(mut signal) = signal(SignalKind::user_defined2())
    {
        signal.recv().await;
        panic!("as SIGUSR2 wants it");
    }
    std::future::pending().await
}
