//! Whether `moebi grade` can shut submissions in.

use std::path::Path;

use super::{Finding, Machine, words};
use crate::{
    cluster::{Runtime, cell::Cell},
    words::Words,
};

pub(super) async fn look(machine: &Machine, runtime: Option<&Runtime>) -> Finding {
    let path = runtime.map_or_else(|| machine.place.path.clone(), |runtime| runtime.on(&machine.place.path));
    match Cell::find(&path).await {
        Ok(_) => Finding::ok("isolation", words::can_isolate()),
        Err(why) => Finding::remark("isolation", words::can_not_isolate(&why)).remedy(remedy()),
    }
}

fn remedy() -> Words {
    if Path::new("/etc/debian_version").exists() {
        words::install_bubblewrap()
    } else {
        words::install_bubblewrap_somehow()
    }
}
