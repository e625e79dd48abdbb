use crate::i18n::Localized;

crate::catalogue! {
    // What a person is asked, and what they then see.
    private_question(folder: &str) {
        en: "No Elixir was found that this lesson can use. Moebi can make one for you alone, from your system's own packages and without root, in {folder} (about 35 MB to download, 50 MB on disk). Do it now?",
        el: "Δεν βρέθηκε Elixir που να κάνει για αυτό το μάθημα. Το Moebi μπορεί να φτιάξει μία μόνο για σένα, από τα πακέτα του συστήματός σου και χωρίς δικαιώματα διαχειριστή, στον φάκελο {folder} (θα κατεβούν περίπου 35 MB και θα πιάσουν 50 MB στον δίσκο). Να γίνει τώρα;",
    }
    run_question(command: &str) {
        en: "No Elixir was found that this lesson can use. Your system installs one with `{command}`. Run it now?",
        el: "Δεν βρέθηκε Elixir που να κάνει για αυτό το μάθημα. Το σύστημά σου την εγκαθιστά με `{command}`. Να τρέξει τώρα;",
    }
    run_as_root_question(command: &str) {
        en: "No Elixir was found that this lesson can use. Your system installs one with `{command}`. It becomes root and may ask for your password. Run it now?",
        el: "Δεν βρέθηκε Elixir που να κάνει για αυτό το μάθημα. Το σύστημά σου την εγκαθιστά με `{command}`. Η εντολή παίρνει δικαιώματα διαχειριστή και ίσως ζητήσει τον κωδικό σου. Να τρέξει τώρα;",
    }
    passed_over(fault: &Localized) { en: "Passed over: {fault}.", el: "Δεν κάνει: {fault}." }
    running(command: &str) { en: "Running: {command}", el: "Τρέχει: {command}" }
    fetching_lists {
        en: "Fetching the lists of packages (10 to 30 MB).",
        el: "Κατεβαίνουν οι κατάλογοι των πακέτων (10 έως 30 MB).",
    }
    fetching(count: usize, sizes: &Localized) {
        en: [count: "Fetching one package: {sizes}.", "Fetching {count} packages: {sizes}."],
        el: [count: "Κατεβαίνει ένα πακέτο: {sizes}.", "Κατεβαίνουν {count} πακέτα: {sizes}."],
    }
    sizes(download: u64, unpacked: u64) {
        en: "{download} MB to download, {unpacked} MB on disk",
        el: "{download} MB για λήψη, {unpacked} MB στον δίσκο",
    }
    on_trust(sums: &str, folder: &str) {
        en: "There is no {sums} in {folder}: the packages are taken on trust.",
        el: "Δεν υπάρχει {sums} στον φάκελο {folder}: τα πακέτα δεν μπορούν να ελεγχθούν και χρησιμοποιούνται όπως είναι.",
    }
    unpacking(count: usize) {
        en: [count: "Unpacking one package.", "Unpacking {count} packages."],
        el: [count: "Ανοίγει ένα πακέτο.", "Ανοίγουν {count} πακέτα."],
    }
    starting_it { en: "Starting it, to see that it works.", el: "Ξεκινά μια δοκιμή, για να φανεί ότι δουλεύει." }
    waiting_for_another {
        en: "Another setup is at work; waiting for it.",
        el: "Μια άλλη εγκατάσταση είναι σε εξέλιξη· το Moebi την περιμένει.",
    }

    // What could not be done.
    no_nodes_without {
        en: "without an Elixir there are no nodes to learn on",
        el: "χωρίς Elixir δεν υπάρχουν κόμβοι για να μάθεις",
    }
    still_none {
        en: "the installation ended well, but there is still no Elixir to use",
        el: "η εγκατάσταση τελείωσε καλά, αλλά Elixir δεν φαίνεται ακόμη",
    }
    deaf_to_ctrl_c {
        en: "Moebi can't listen for Ctrl-C, so it won't start what it couldn't stop",
        el: "το Moebi δεν μπορεί να δει το Ctrl-C, γι' αυτό δεν ξεκινά κάτι που δεν θα μπορούσε να σταματήσει",
    }
    lists_not_fetched {
        en: "the lists of packages could not be fetched",
        el: "οι κατάλογοι των πακέτων δεν κατέβηκαν",
    }
    no_plan {
        en: "apt could not work out which packages Elixir needs",
        el: "το apt δεν βρήκε ποια πακέτα χρειάζεται η Elixir",
    }
    packages_not_fetched { en: "the packages could not be fetched", el: "τα πακέτα δεν κατέβηκαν" }
    no_sizes {
        en: "apt could not tell the packages' sizes",
        el: "το apt δεν είπε πόσο μεγάλα είναι τα πακέτα",
    }
    not_unpacked(package: &str) { en: "{package} could not be unpacked", el: "το πακέτο {package} δεν άνοιξε" }
    of_program(what: &Localized, program: &str) { en: "{what}: {program}", el: "{what}: {program}" }
    ended_with(status: &str) { en: "it ended with {status}", el: "τελείωσε με {status}" }
    not_authentic(what: &Localized) {
        en: "{what}: apt could not prove the packages authentic",
        el: "{what}: το apt δεν μπόρεσε να αποδείξει ότι τα πακέτα είναι γνήσια",
    }
    not_reached(what: &Localized) {
        en: "{what}: the package servers can't be reached",
        el: "{what}: οι διακομιστές των πακέτων δεν απαντούν",
    }
    disk_is_full(what: &Localized) { en: "{what}: the disk is full", el: "{what}: ο δίσκος είναι γεμάτος" }
    no_elixir_there(what: &Localized) {
        en: "{what}: apt's sources have no Elixir",
        el: "{what}: οι πηγές του apt δεν έχουν Elixir",
    }
    unreadable(folder: &str) { en: "{folder} can't be read", el: "ο φάκελος {folder} δεν διαβάζεται" }
    unwritable(path: &str) { en: "Moebi can't write {path}", el: "το Moebi δεν μπορεί να γράψει στο {path}" }
    too_little_room(needed: u64, free: u64) {
        en: "there is too little room for Elixir: {needed} MB are needed, {free} MB are free",
        el: "δεν υπάρχει αρκετός χώρος για την Elixir: χρειάζονται {needed} MB, ελεύθερα είναι {free} MB",
    }
    unknown { en: "unknown", el: "άγνωστη" }
    system_has_older(version: &Localized, floor: &str) {
        en: "this system's own Elixir is {version}; {floor} or newer is needed",
        el: "η Elixir αυτού του συστήματος είναι {version}· χρειάζεται {floor} ή νεότερη",
    }
    unspeakable {
        en: "apt can't work in a folder whose name holds a quotation mark or is not UTF-8",
        el: "το apt δεν δουλεύει σε φάκελο που το όνομά του έχει εισαγωγικά ή δεν είναι UTF-8",
    }
    busy {
        en: "another setup has been at work for half an hour",
        el: "μια άλλη εγκατάσταση είναι σε εξέλιξη εδώ και μισή ώρα",
    }
    no_dpkg_deb {
        en: "there is no dpkg-deb here, which unpacks the packages",
        el: "λείπει το dpkg-deb, που ανοίγει τα πακέτα",
    }
    only_debian {
        en: "--from takes a folder of .deb files, which only Debian and Ubuntu can use",
        el: "το --from θέλει έναν φάκελο με αρχεία .deb, και αυτά κάνουν μόνο για Debian και Ubuntu",
    }
    no_deb_in(folder: &str) { en: "{folder} holds no .deb file", el: "ο φάκελος {folder} δεν έχει κανένα αρχείο .deb" }
    no_package(file: &str) {
        en: "{file} could not be read as a package",
        el: "το αρχείο {file} δεν διαβάζεται ως πακέτο",
    }
    is_for(file: &str, architecture: &str) {
        en: "{file} is for {architecture}",
        el: "το αρχείο {file} είναι για {architecture}",
    }
    same_package(one: &str, other: &str) {
        en: "{one} and {other} are the same package",
        el: "τα αρχεία {one} και {other} είναι το ίδιο πακέτο",
    }
    lacks(folder: &str, missing: &str) { en: "{folder} lacks {missing}", el: "από τον φάκελο {folder} λείπουν: {missing}" }
    hashes_unchecked(file: &str) {
        en: "the hashes in {file} could not be checked",
        el: "τα αθροίσματα ελέγχου στο {file} δεν μπόρεσαν να ελεγχθούν",
    }
    other_hash(name: &str, sums: &str) {
        en: "{name} is not what {sums} says it is, or isn't listed there",
        el: "το {name} δεν είναι αυτό που λέει το {sums}, ή δεν αναφέρεται εκεί",
    }
    no_architecture {
        en: "this machine's architecture could not be told",
        el: "δεν βρέθηκε ποια αρχιτεκτονική έχει αυτός ο υπολογιστής",
    }
    unproved {
        en: "the packages were unpacked, but the Elixir in them does not work; nothing was kept",
        el: "τα πακέτα άνοιξαν, αλλά η Elixir που έχουν δεν δουλεύει· δεν κρατήθηκε τίποτα",
    }
    no_erlang_inside {
        en: "the packages hold no Erlang where Debian's hold it",
        el: "στα πακέτα δεν βρέθηκε Erlang εκεί που την έχουν του Debian",
    }
    takes_root {
        en: "installing Elixir takes root here, and there is no sudo",
        el: "για να εγκατασταθεί εδώ η Elixir χρειάζονται δικαιώματα διαχειριστή, και δεν υπάρχει sudo",
    }
    did_not_succeed(command: &str) { en: "`{command}` did not succeed", el: "η εντολή `{command}` απέτυχε" }
    no_manager {
        en: "there is no Elixir here, and no package manager that Moebi knows",
        el: "δεν υπάρχει εδώ Elixir, ούτε διαχειριστής πακέτων που να τον ξέρει το Moebi",
    }

    // What to do next.
    setup_makes_one {
        en: "`moebi setup` makes a private one, without root.",
        el: "Το `moebi setup` φτιάχνει μία μόνο για σένα, χωρίς δικαιώματα διαχειριστή.",
    }
    for_everyone {
        en: "Or install it for everyone: sudo apt install elixir",
        el: "Ή εγκατάστησέ την για όλους: sudo apt install elixir",
    }
    install_yourself(command: &str) { en: "Install it yourself: {command}", el: "Εγκατάστησέ την με: {command}" }
    what_was_found(fault: &Localized) { en: "What was found: {fault}.", el: "Τι βρέθηκε: {fault}." }
    open_a_new_terminal {
        en: "Open a new terminal, so that PATH is read again, and run `moebi setup` once more.",
        el: "Άνοιξε ένα νέο παράθυρο τερματικού, για να διαβαστεί ξανά το PATH, και τρέξε πάλι το `moebi setup`.",
    }
    reinstall_dpkg {
        en: "It belongs to every Debian: sudo apt install --reinstall dpkg",
        el: "Κάθε Debian το έχει: sudo apt install --reinstall dpkg",
    }
    belongs_to_debian(program: &str) {
        en: "{program} belongs to every Debian: sudo apt install --reinstall dpkg apt",
        el: "Κάθε Debian έχει το {program}: sudo apt install --reinstall dpkg apt",
    }
    faster_line {
        en: "Try again on a faster line, or use `moebi setup --from FOLDER`.",
        el: "Δοκίμασε πάλι με πιο γρήγορη σύνδεση, ή με `moebi setup --from ΦΑΚΕΛΟΣ`.",
    }
    try_another_network {
        en: "Nothing was installed. Try another network: this one may alter what it carries.",
        el: "Δεν εγκαταστάθηκε τίποτα. Δοκίμασε από άλλο δίκτυο: αυτό ίσως αλλοιώνει ό,τι μεταφέρει.",
    }
    bring_keys_up_to_date {
        en: "Or bring the system's keys up to date: sudo apt install --only-upgrade debian-archive-keyring (ubuntu-keyring on Ubuntu).",
        el: "Ή ενημέρωσε τα κλειδιά του συστήματος: sudo apt install --only-upgrade debian-archive-keyring (στο Ubuntu, ubuntu-keyring).",
    }
    see_that_you_are_online {
        en: "See that you are online, and that apt knows your proxy (Acquire::http::Proxy), then run `moebi setup` again.",
        el: "Δες αν έχεις σύνδεση στο διαδίκτυο και αν το apt ξέρει τον proxy σου (Acquire::http::Proxy), και τρέξε πάλι το `moebi setup`.",
    }
    /// The libraries are for a minimal machine; whatever it has already does no harm.
    how_offline {
        en: "Without network here: on a machine with the same release, in an empty folder, run `apt-get download $(apt-cache depends -i --recurse elixir erlang-syntax-tools bubblewrap | grep -xE 'elixir|bubblewrap|erlang-[a-z0-9-]+|lib(ssl3|tinfo6|systemd0|stdc|cap2|selinux1).*')`; bring the folder here and run `moebi setup --from FOLDER`.",
        el: "Αν εδώ δεν υπάρχει δίκτυο: σε έναν υπολογιστή με την ίδια έκδοση του συστήματος, σε άδειο φάκελο, τρέξε `apt-get download $(apt-cache depends -i --recurse elixir erlang-syntax-tools bubblewrap | grep -xE 'elixir|bubblewrap|erlang-[a-z0-9-]+|lib(ssl3|tinfo6|systemd0|stdc|cap2|selinux1).*')`· φέρε τον φάκελο εδώ και τρέξε `moebi setup --from ΦΑΚΕΛΟΣ`.",
    }
    free_and_repeat {
        en: "Free about 200 MB and run `moebi setup` again.",
        el: "Ελευθέρωσε περίπου 200 MB και τρέξε πάλι το `moebi setup`.",
    }
    free_200_mb { en: "The disk is full: free about 200 MB.", el: "Ο δίσκος γέμισε: ελευθέρωσε περίπου 200 MB." }
    free_some {
        en: "Free some, or set XDG_DATA_HOME to a folder on a larger disk, and run `moebi setup` again.",
        el: "Ελευθέρωσε χώρο, ή όρισε στο XDG_DATA_HOME έναν φάκελο σε μεγαλύτερο δίσκο, και τρέξε πάλι το `moebi setup`.",
    }
    see_that_you_may_write {
        en: "See that you may write there, or set XDG_DATA_HOME to a folder where you may.",
        el: "Έλεγξε ότι μπορείς να γράψεις εκεί, ή όρισε στο XDG_DATA_HOME έναν φάκελο όπου μπορείς.",
    }
    choose_plain_folder {
        en: "Set XDG_DATA_HOME to a folder with a plain name.",
        el: "Όρισε στο XDG_DATA_HOME έναν φάκελο με απλό όνομα.",
    }
    end_the_other(lock: &str) {
        en: "Look for another `moebi` that still runs and end it; it holds {lock}.",
        el: "Ψάξε για άλλο `moebi` που τρέχει ακόμη και τερμάτισέ το· κρατά το {lock}.",
    }
    add_universe {
        en: "On Ubuntu it is in the component `universe`: sudo add-apt-repository universe",
        el: "Στο Ubuntu βρίσκεται στο `universe`: sudo add-apt-repository universe",
    }
    otherwise_mise {
        en: "Otherwise use mise (https://mise.jdx.dev): mise use --global erlang elixir",
        el: "Αλλιώς, με το mise (https://mise.jdx.dev): mise use --global erlang elixir",
    }
    newer_with_mise {
        en: "Install a newer one with mise (https://mise.jdx.dev): mise use --global erlang elixir",
        el: "Εγκατάστησε μια νεότερη με το mise (https://mise.jdx.dev): mise use --global erlang elixir",
    }
    with_mise {
        en: "Install Erlang and Elixir with mise (https://mise.jdx.dev): mise use --global erlang elixir",
        el: "Εγκατάστησε Erlang και Elixir με το mise (https://mise.jdx.dev): mise use --global erlang elixir",
    }
    takes_what_is_on_path {
        en: "Then start moebi again: it takes what is on PATH.",
        el: "Μετά ξεκίνα πάλι το moebi: παίρνει ό,τι βρει στο PATH.",
    }
    as_elixir_says {
        en: "Or as https://elixir-lang.org/install.html says for your system.",
        el: "Ή όπως λέει για το σύστημά σου το https://elixir-lang.org/install.html.",
    }
    repeat_or_install {
        en: "Run `moebi setup` again; if it stays so, install Elixir with: sudo apt install elixir",
        el: "Τρέξε πάλι το `moebi setup`· αν γίνει το ίδιο, εγκατάστησε την Elixir με: sudo apt install elixir",
    }
    run_without_from { en: "Run `moebi setup` without it.", el: "Τρέξε `moebi setup` χωρίς αυτό." }
    this_machine_is(architecture: &str) {
        en: "This machine is {architecture}: fetch the packages on one like it.",
        el: "Αυτός ο υπολογιστής είναι {architecture}: κατέβασε τα πακέτα από έναν όμοιο.",
    }
    keep_one {
        en: "Keep the one that belongs to this machine's release.",
        el: "Κράτα εκείνο που ανήκει στην έκδοση αυτού του συστήματος.",
    }
    download_there(packages: &str) {
        en: "On a machine with the same release: apt-get download {packages}",
        el: "Σε υπολογιστή με την ίδια έκδοση του συστήματος: apt-get download {packages}",
    }
    fetch_again {
        en: "Fetch it again; don't use it as it is.",
        el: "Κατέβασέ το ξανά· έτσι όπως είναι, μην το χρησιμοποιήσεις.",
    }
    upgrade_and_repeat {
        en: "Bring the system up to date (sudo apt upgrade) and run `moebi setup` again.",
        el: "Ενημέρωσε το σύστημα (sudo apt upgrade) και τρέξε πάλι το `moebi setup`.",
    }
    other_sources {
        en: "If your apt has other sources of Erlang than Debian's or Ubuntu's, install from those: sudo apt install elixir",
        el: "Αν το apt σου παίρνει την Erlang από άλλες πηγές και όχι από του Debian ή του Ubuntu, εγκατάστησε από εκείνες: sudo apt install elixir",
    }
    as_root(command: &str) { en: "As root, run: {command}", el: "Ως διαχειριστής (root), τρέξε: {command}" }
    its_output_says_why {
        en: "What it printed says why. Once Elixir 1.14 or newer is on PATH, start moebi again.",
        el: "Ό,τι τύπωσε λέει γιατί. Όταν υπάρξει στο PATH Elixir 1.14 ή νεότερη, ξεκίνα πάλι το moebi.",
    }
}
