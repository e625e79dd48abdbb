//! Elixir and Erlang: which ones, and where from.

use crate::cluster::runtime::{FLOOR, Fault, Runtime, SearchPaths, program};

use super::{Finding, messages};

/// The runtime that lessons would run on, if there is one.
pub(super) async fn look(place: &SearchPaths) -> (Option<Runtime>, Vec<Finding>) {
    let search = match place.find(FLOOR).await {
        Ok(search) => search,
        Err(error) => {
            let finding =
                Finding { remedies: error.hints().to_vec(), ..Finding::remark("elixir", error.told()) };
            return (None, vec![Finding { state: super::State::Wrong, ..finding }]);
        }
    };
    let passed_over = search.passed_over.iter().map(Fault::told);
    let mut findings: Vec<_> =
        passed_over.map(|fault| Finding::remark("elixir", messages::passed_over(&fault))).collect();
    findings.push(match &search.runtime {
        Some(runtime) => found(place, runtime),
        None => Finding::wrong("elixir", messages::no_elixir(&FLOOR), messages::setup_gets_it()),
    });
    (search.runtime, findings)
}

fn found(place: &SearchPaths, runtime: &Runtime) -> Finding {
    let search = runtime.on(&place.path);
    let iex = program("iex", &search).map(|iex| iex.display().to_string()).unwrap_or_default();
    let whose = match runtime.path.first() {
        _ if place.chosen.is_some() => messages::chosen(),
        Some(_) => messages::private(),
        None => messages::on_path(),
    };
    Finding::ok("elixir", messages::elixir(&runtime.elixir, &runtime.otp, &whose, &iex))
}
