//! Whether `moebi grade` can shut submissions in.

use std::path::Path;

use super::{Finding, Machine, messages};
use crate::{
    cluster::{
        Runtime,
        cell::{Cell, NoCell},
    },
    i18n::Localized,
};

const APPARMOR: &str = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns";

pub(super) async fn look(machine: &Machine, runtime: Option<&Runtime>) -> Finding {
    let path = runtime.map_or_else(|| machine.place.path.clone(), |runtime| runtime.on(&machine.place.path));
    match Cell::find(&path).await {
        Ok(_) => Finding::ok("isolation", messages::can_isolate()),
        Err(why) => Finding::remark("isolation", messages::can_not_isolate(&why.told())).remedy(remedy(&why)),
    }
}

fn remedy(why: &NoCell) -> Localized {
    let is_debian = Path::new("/etc/debian_version").exists();
    match why {
        NoCell::NoProgram if is_debian => messages::install_bubblewrap(),
        NoCell::NoProgram => messages::install_bubblewrap_somehow(),
        // Ubuntu 24.04 has this setting, and forbids them by it.
        NoCell::Refused(_) if Path::new(APPARMOR).exists() => messages::allow_with_sysctl(),
        NoCell::Refused(_) => messages::allow_namespaces(),
    }
}
