//! Who may look, and how: every address begins with the teacher's key.

use std::{collections::HashSet, convert::Infallible, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{Path, Query, Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{
        Html, IntoResponse, Redirect, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::{get, post},
};
use futures_util::stream;
use maud::Markup;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use tokio::{
    net::TcpListener,
    sync::{OwnedSemaphorePermit, Semaphore, broadcast},
    time::{MissedTickBehavior, interval, sleep},
};
use tokio_rustls::TlsAcceptor;

use crate::{
    class::{
        messages,
        outline::Outline,
        server::{Class, listen, now},
        status,
    },
    i18n::Lang,
};

use super::{Sight, View, parts::row_id, policy};

/// How many may watch at once.
const MAX_WATCHERS: usize = 32;
/// What comes within this time is sent together.
const TOGETHER: Duration = Duration::from_millis(60);
/// How often that is sent which is made of all learners, or changes by time alone.
const SUMMARY: Duration = Duration::from_secs(1);
/// Summaries until learners who went away are looked for.
const LOOK: u32 = 5;

/// What the page is made of beside the class.
pub struct Site {
    pub class: Arc<Class>,
    /// In the order of [`Lang::ALL`].
    pub outlines: Vec<Outline>,
    /// What learners type to join.
    pub invitation: String,
    pub key: String,
    /// Where the address says no other.
    pub lang: Lang,
    watchers: Arc<Semaphore>,
}

impl Site {
    pub fn new(
        class: Arc<Class>,
        outlines: Vec<Outline>,
        invitation: String,
        key: String,
        lang: Lang,
    ) -> Self {
        Self { class, outlines, invitation, key, lang, watchers: Arc::new(Semaphore::new(MAX_WATCHERS)) }
    }

    fn look<T>(&self, view: View, look: impl FnOnce(Sight<'_>) -> T) -> T {
        let outline = &self.outlines[view.lang as usize];
        self.class.look(|room| look(Sight { room, outline, invitation: &self.invitation, now: now(), view }))
    }

    /// Takes as long for a wrong key as for the right one.
    fn is_key(&self, typed: &str) -> bool {
        Sha256::digest(typed) == Sha256::digest(&self.key)
    }
}

/// Serves the page, as long as it is not dropped; encrypted where there is an acceptor.
pub async fn serve(site: Arc<Site>, listener: TcpListener, acceptor: Option<TlsAcceptor>) {
    let routes = Router::new()
        .route("/{key}/", get(page))
        .route("/{key}/events", get(events))
        .route("/{key}/class.csv", get(csv))
        .route("/{key}/learner/{index}", get(learner))
        .route("/{key}/learner/{index}/attend", post(attend))
        .layer(middleware::from_fn_with_state(Arc::clone(&site), guard))
        .fallback(nowhere)
        .with_state(site);
    listen(listener, acceptor, routes).await;
}

#[derive(Debug, Deserialize)]
struct Asked {
    lang: Option<String>,
    view: Option<String>,
}

impl Asked {
    fn view(&self, site: &Site) -> View {
        let lang = self.lang.as_deref().and_then(Lang::parse).unwrap_or(site.lang);
        View { lang, is_wall: self.view.as_deref() == Some("wall") }
    }
}

/// Shows nothing to whoever has another key; and what is shown is for nobody else's page, log or cache.
async fn guard(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let key = request.uri().path().split('/').nth(1).unwrap_or_default();
    if !site.is_key(key) {
        return nowhere().await.into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(policy) = policy().parse() {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

async fn nowhere() -> impl IntoResponse {
    (StatusCode::NOT_FOUND, messages::no_such_page().speak(Lang::En).to_owned())
}

async fn page(State(site): State<Arc<Site>>, Query(asked): Query<Asked>) -> Html<String> {
    Html(site.look(asked.view(&site), |sight| sight.page()))
}

async fn learner(
    State(site): State<Arc<Site>>,
    Path((_, index)): Path<(String, usize)>,
    Query(asked): Query<Asked>,
) -> Response {
    match site.look(asked.view(&site), |sight| sight.learner_page(index)) {
        Some(page) => Html(page).into_response(),
        None => nowhere().await.into_response(),
    }
}

/// The teacher has seen a hand: back to the class.
async fn attend(
    State(site): State<Arc<Site>>,
    Path((key, index)): Path<(String, usize)>,
    Query(asked): Query<Asked>,
) -> Response {
    match site.class.attend(index).await {
        Ok(()) => Redirect::to(&format!("/{key}/{}", Sight::link(asked.view(&site)))).into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn csv(State(site): State<Arc<Site>>) -> impl IntoResponse {
    let view = View { lang: Lang::En, is_wall: false };
    let sheet = site.look(view, |sight| status::csv(sight.room, sight.outline, sight.now));
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"class.csv\""),
    ];
    (headers, sheet)
}

async fn events(State(site): State<Arc<Site>>, Query(asked): Query<Asked>) -> Response {
    let Ok(slot) = Arc::clone(&site.watchers).try_acquire_owned() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let watch = Watch::new(site, asked, slot);
    let events = stream::unfold(watch, |mut watch| async move {
        let events = watch.next().await;
        Some((stream::iter(events.into_iter().map(Ok::<_, Infallible>)), watch))
    });
    Sse::new(futures_util::StreamExt::flatten(events)).keep_alive(KeepAlive::default()).into_response()
}

/// Somebody who has the page open.
struct Watch {
    site: Arc<Site>,
    view: View,
    changes: broadcast::Receiver<usize>,
    /// Who was there when they were shown last.
    here: Vec<bool>,
    summary: tokio::time::Interval,
    summaries: u32,
    _slot: OwnedSemaphorePermit,
}

impl Watch {
    fn new(site: Arc<Site>, asked: Asked, slot: OwnedSemaphorePermit) -> Self {
        let changes = site.class.changes.subscribe();
        let mut summary = interval(SUMMARY);
        summary.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { view: asked.view(&site), site, changes, here: Vec::new(), summary, summaries: 0, _slot: slot }
    }

    /// Waits until there is something new.
    async fn next(&mut self) -> Vec<Event> {
        tokio::select! {
            changed = self.changes.recv() => match changed {
                Ok(learner) => self.rows(learner).await,
                Err(broadcast::error::RecvError::Lagged(_)) => vec![Event::default().event("anew").data("")],
                // The class is over with the program.
                Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
            },
            _ = self.summary.tick() => self.summary(),
        }
    }

    async fn rows(&mut self, first: usize) -> Vec<Event> {
        sleep(TOGETHER).await;
        let mut changed = HashSet::from([first]);
        while let Ok(learner) = self.changes.try_recv() {
            changed.insert(learner);
        }
        match self.view.is_wall {
            true => Vec::new(),
            false => self.site.look(self.view, |sight| {
                changed.into_iter().map(|index| part(&row_id(index), sight.row(index))).collect()
            }),
        }
    }

    fn summary(&mut self) -> Vec<Event> {
        self.summaries += 1;
        let looks = self.summaries % LOOK == 1;
        let here = &mut self.here;
        self.site.look(self.view, |sight| {
            let mut events: Vec<_> =
                sight.summary().into_iter().map(|(id, markup)| part(&id, markup)).collect();
            if looks && !self.view.is_wall {
                let now: Vec<_> =
                    sight.room.learners.iter().map(|learner| learner.is_here(sight.now)).collect();
                let changed = (0..now.len()).filter(|index| here.get(*index) != Some(&now[*index]));
                events.extend(changed.map(|index| part(&row_id(index), sight.row(index))));
                *here = now;
            }
            events
        })
    }
}

/// One line: maud writes none of its own, and what learners typed stands on their own pages.
fn part(id: &str, markup: Markup) -> Event {
    let html = markup.into_string().replace(['\r', '\n'], " ");
    Event::default().event("part").data(format!("{id} {html}"))
}
