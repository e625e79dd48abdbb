//! One history for all terminals, which outlives the line editors that come and go around it.

use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use reedline::{
    FileBackedHistory, History, HistoryItem, HistoryItemId, HistorySessionId, Result, SearchQuery,
};

const MOST_LINES: usize = 2000;

#[derive(Clone)]
pub struct SharedHistory(Arc<Mutex<FileBackedHistory>>);

impl SharedHistory {
    /// In memory where there is no path, or none that can be written.
    pub fn open(path: Option<&Path>) -> Self {
        let kept = path.and_then(|path| FileBackedHistory::with_file(MOST_LINES, path.to_owned()).ok());
        Self(Arc::new(Mutex::new(kept.unwrap_or_default())))
    }

    fn inner(&self) -> MutexGuard<'_, FileBackedHistory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
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

    fn search(&self, query: SearchQuery) -> Result<Vec<HistoryItem>> {
        self.inner().search(query)
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
