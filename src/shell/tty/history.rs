//! Two histories for all terminals, which outlive the line editors that come and go around it.

use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use reedline::{
    CommandLineSearch, FileBackedHistory, History, HistoryItem, HistoryItemId, HistorySessionId, Result,
    SearchDirection, SearchFilter, SearchQuery,
};

use crate::shell::command::Reader;

const MAX_LINES: usize = 2000;

/// What was typed into nodes, and what was typed at `$`: neither is of use in the other's place.
pub(super) struct Histories {
    code: SharedHistory,
    shell: SharedHistory,
    is_new: bool,
}

impl Histories {
    /// Beside the file for code lies one for the shell.
    pub(super) fn open(path: Option<&Path>) -> Self {
        let shell = path.map(|path| path.with_file_name("shell-history"));
        Self { code: SharedHistory::open(path), shell: SharedHistory::open(shell.as_deref()), is_new: false }
    }

    /// An answer to a question is of use nowhere, and a question begins with none.
    pub(super) fn of(&self, reader: Option<Reader>) -> SharedHistory {
        match reader {
            Some(Reader::Dollar) => self.shell.clone(),
            Some(Reader::Question) => SharedHistory::open(None),
            Some(Reader::Iex | Reader::More | Reader::Program) | None => self.code.clone(),
        }
    }

    /// Writes down what is new, and reads what other shells have written meanwhile, where a line was entered since.
    pub(super) fn sync(&mut self) -> std::io::Result<()> {
        if !std::mem::take(&mut self.is_new) {
            return Ok(());
        }
        self.code.sync().and(self.shell.sync())
    }

    pub(super) fn has_grown(&mut self) {
        self.is_new = true;
    }
}

#[derive(Clone)]
pub(super) struct SharedHistory(Arc<Mutex<FileBackedHistory>>);

impl SharedHistory {
    /// In memory where there is no path, or none that can be written.
    pub(super) fn open(path: Option<&Path>) -> Self {
        let kept = path.and_then(|path| FileBackedHistory::with_file(MAX_LINES, path.to_owned()).ok());
        Self(Arc::new(Mutex::new(kept.unwrap_or_default())))
    }

    fn inner(&self) -> MutexGuard<'_, FileBackedHistory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the same was entered again later.
fn is_repeated(history: &FileBackedHistory, item: &HistoryItem) -> Result<bool> {
    let exactly = SearchFilter::from_text_search(CommandLineSearch::Exact(item.command_line.clone()), None);
    let mut latest = SearchQuery::everything(SearchDirection::Backward, None);
    latest.filter = exactly;
    latest.limit = Some(1);
    Ok(history.search(latest)?.first().is_some_and(|latest| latest.id != item.id))
}

impl History for SharedHistory {
    fn save(&mut self, item: HistoryItem) -> Result<HistoryItem> {
        self.inner().save(item)
    }

    fn load(&self, id: HistoryItemId) -> Result<HistoryItem> {
        self.inner().load(id)
    }

    fn count(&self, query: SearchQuery) -> Result<i64> {
        self.inner().count(query)
    }

    fn search(&self, mut query: SearchQuery) -> Result<Vec<HistoryItem>> {
        let inner = self.inner();
        // One at a time, as the arrows ask: what was typed again since is passed over.
        if query.limit != Some(1) {
            return inner.search(query);
        }
        query.limit = None;
        for item in inner.search(query)? {
            if !is_repeated(&inner, &item)? {
                return Ok(vec![item]);
            }
        }
        Ok(Vec::new())
    }

    fn update(&mut self, id: HistoryItemId, updater: &dyn Fn(HistoryItem) -> HistoryItem) -> Result<()> {
        self.inner().update(id, updater)
    }

    fn clear(&mut self) -> Result<()> {
        self.inner().clear()
    }

    fn delete(&mut self, id: HistoryItemId) -> Result<()> {
        self.inner().delete(id)
    }

    fn sync(&mut self) -> std::io::Result<()> {
        self.inner().sync()
    }

    fn session(&self) -> Option<HistorySessionId> {
        self.inner().session()
    }
}
