//! Conditions and what was seen, in words: short, plain, one line each.

use crate::{
    i18n::Localized,
    lesson::{
        Condition, NodeName, OutputKind, Probe, TerminalName, Text,
        model::{FileWanted, Held, RunWanted},
    },
};

/// How many characters of an output or a value are told.
const MAX_TOLD: usize = 80;

/// What `condition` expects, as a sentence without its full stop.
pub fn expected(condition: &Condition) -> Localized {
    match condition {
        Condition::Not(inner) => denied(inner),
        Condition::Any(inner) => Localized::join(&inner.iter().map(expected).collect::<Vec<_>>(), &or()),
        Condition::Together(inner) => {
            by_one_input(&Localized::join(&inner.iter().map(expected).collect::<Vec<_>>(), &and()))
        }
        Condition::Started { node, at, cookie, mix } => {
            let place = at.as_ref().map_or_else(nothing, within);
            let cookie = cookie.as_ref().map_or_else(nothing, |cookie| with_cookie(&quoted(cookie)));
            let project = if *mix { with_project() } else { nothing() };
            node_runs(node, &place, &Localized::join(&[cookie, project], &nothing()))
        }
        Condition::Stopped { node } => node_has_stopped(node),
        Condition::Connected(one, other) => are_connected(&one.brief(), &other.brief()),
        Condition::Refused(one, other) => are_refused(&one.brief(), &other.brief()),
        Condition::Prints { what, at, by, times } => prints(what, at.as_ref(), by.as_ref(), *times),
        Condition::Returns { value, at } => returns(&somewhere(at.as_ref()), &code(value)),
        Condition::Raises { what, at } => raises(&input(at.as_ref()), &readable(what.as_str())),
        Condition::Silent { at, of: None } => stays_silent(at),
        Condition::Silent { at, of: Some(of) } => shows_nothing_like(at, &readable(of.as_str())),
        Condition::Probe(probe) => self::probe(probe),
        Condition::Runs(wanted) => run(wanted),
        Condition::File(wanted) => file(wanted),
        Condition::Message(wanted) => {
            goes(&code(&wanted.pattern), &way(wanted.from.as_ref(), wanted.to.as_ref()))
        }
        Condition::Waiting { at, continuation: false } => waits(at),
        Condition::Waiting { at, continuation: true } => waits_for_the_rest(at),
        Condition::Typed { pattern, at } => {
            is_typed(&code(pattern), &at.as_ref().map_or_else(nothing, within))
        }
    }
}

/// What has been achieved once `condition` holds: without what only guards it.
pub fn achieved(condition: &Condition) -> Localized {
    match condition {
        Condition::Together(inner) if !condition.is_guard() => {
            let shown: Vec<_> = inner.iter().filter(|inner| !inner.is_guard()).map(expected).collect();
            Localized::join(&shown, &and())
        }
        _ => expected(condition),
    }
}

fn denied(inner: &Condition) -> Localized {
    match inner {
        Condition::Connected(one, other) => are_not_connected(&one.brief(), &other.brief()),
        Condition::Started { node, .. } => runs_not(node),
        Condition::Prints { what, at, .. } => shows_not(&somewhere(at.as_ref()), &text(what)),
        Condition::Raises { what, at } => raises_not(&input(at.as_ref()), &readable(what.as_str())),
        Condition::Typed { pattern, .. } => is_not_typed(&code(pattern)),
        Condition::Message(wanted) => {
            goes_not(&code(&wanted.pattern), &way(wanted.from.as_ref(), wanted.to.as_ref()))
        }
        Condition::Not(inner) => expected(inner),
        Condition::Any(inner) => Localized::join(&inner.iter().map(denied).collect::<Vec<_>>(), &and()),
        Condition::Stopped { .. }
        | Condition::Refused(..)
        | Condition::Returns { .. }
        | Condition::Silent { .. }
        | Condition::Probe(_)
        | Condition::Runs(_)
        | Condition::File(_)
        | Condition::Together(_)
        | Condition::Waiting { .. } => not_so(&expected(inner)),
    }
}

fn prints(what: &Text, at: Option<&TerminalName>, by: Option<&NodeName>, count: u32) -> Localized {
    let often = if count > 1 { after_a_space(&times(count as usize)) } else { nothing() };
    shows(&somewhere(at), &text(what), &often, &origin(by))
}

fn run(wanted: &RunWanted) -> Localized {
    let mut parts = vec![has_ended(&code(&wanted.command))];
    parts.extend(wanted.exit.map(with_code));
    parts.extend(wanted.prints.iter().map(|what| having_written(&text(what))));
    parts.extend(wanted.lacks.iter().map(|what| without_writing(&text(what))));
    Localized::join(&parts, &Localized::verbatim(", "))
}

fn file(wanted: &FileWanted) -> Localized {
    let mut parts = vec![is_there(&wanted.path)];
    parts.extend(wanted.defines.iter().map(|definition| defining(&definition.to_string())));
    parts.extend(wanted.contains.iter().map(|held| containing(&self::held(held))));
    parts.extend(wanted.lacks.iter().map(|held| without(&self::held(held))));
    Localized::join(&parts, &Localized::verbatim(", "))
}

fn probe(probe: &Probe) -> Localized {
    let places: Vec<_> = probe.at.iter().map(Localized::verbatim_of).collect();
    let mut parts = Vec::new();
    parts.extend(probe.gives.as_ref().map(|pattern| gives(&code(pattern))));
    parts.extend(probe.same.then(gives_the_same));
    parts.extend(probe.changes.map(|changes| if changes { self::changes() } else { stays_as_it_was() }));
    probe_says(
        &code(&probe.code),
        &Localized::join(&parts, &plain_and()),
        &Localized::join(&places, &and_on()),
    )
}

fn somewhere(at: Option<&TerminalName>) -> Localized {
    at.map_or_else(some_terminal, the_terminal)
}

fn input(at: Option<&TerminalName>) -> Localized {
    at.map_or_else(the_input, the_input_in)
}

/// `from alex to kate`; what isn't named is another node.
pub fn way(from: Option<&NodeName>, to: Option<&NodeName>) -> Localized {
    match (from, to) {
        (Some(from), Some(to)) => from_to(&from.brief(), &to.brief()),
        (Some(from), None) => from_one(&from.brief()),
        (None, Some(to)) => to_one(&to.brief()),
        (None, None) => between_nodes(),
    }
}

/// `, printed by a process on kate`, or nothing where the origin isn't known.
pub fn origin(by: Option<&NodeName>) -> Localized {
    by.map_or_else(nothing, |by| printed_by(&by.brief()))
}

pub fn times(count: usize) -> Localized {
    match count {
        1 => once(),
        2 => twice(),
        more => many_times(more),
    }
}

pub fn kind(kind: OutputKind) -> Localized {
    match kind {
        OutputKind::Result => a_value(),
        OutputKind::Error => an_error(),
        OutputKind::Shell => a_note(),
        OutputKind::Print => printed_text(),
        OutputKind::Log => a_log_line(),
        OutputKind::Stderr => on_stderr(),
        OutputKind::Raw => command_output(),
    }
}

crate::catalogue! {
    nothing { en: "", el: "" }
    and { en: ", and ", el: ", και " }
    or { en: ", or ", el: ", ή " }
    plain_and { en: " and ", el: " και " }
    plain_or { en: " or ", el: " ή " }
    and_on { en: " and ", el: " και στο " }
    after_a_space(what: &Localized) { en: " {what}", el: " {what}" }

    by_one_input(all: &Localized) { en: "by one input: {all}", el: "με μία και την ίδια εντολή: {all}" }
    within(at: &TerminalName) { en: " in {at}", el: " στο {at}" }
    with_cookie(cookie: &str) { en: ", with the cookie {cookie}", el: ", με cookie {cookie}" }
    with_project { en: ", with the Mix project loaded", el: ", με φορτωμένο το έργο Mix" }
    has_ended(command: &str) { en: "{command} has run", el: "έτρεξε η εντολή {command}" }
    with_code(code: i32) { en: "with exit code {code}", el: "με κωδικό εξόδου {code}" }
    having_written(what: &Localized) { en: "and wrote {what}", el: "και έγραψε {what}" }
    without_writing(what: &Localized) { en: "without writing {what}", el: "χωρίς να γράψει {what}" }
    is_there(path: &str) { en: "there is a file {path}", el: "υπάρχει αρχείο {path}" }
    defining(what: &str) { en: "which defines {what}", el: "που ορίζει {what}" }
    containing(what: &str) { en: "which contains {what}", el: "που περιέχει {what}" }
    without(what: &str) { en: "without {what}", el: "χωρίς {what}" }
    no_file(path: &str) { en: "there is no file {path}", el: "δεν υπάρχει αρχείο {path}" }
    lacks(path: &str, what: &str) { en: "{path} doesn't contain {what}", el: "το {path} δεν περιέχει {what}" }
    defines_not(path: &str, what: &str) { en: "{path} doesn't define {what}", el: "το {path} δεν ορίζει {what}" }
    still_contains(path: &str, what: &str) { en: "{path} contains {what}", el: "το {path} περιέχει {what}" }
    wrote_last(what: &str) { en: "it wrote last {what}", el: "έγραψε τελευταία {what}" }
    wrote(what: &Localized) { en: "it wrote {what}", el: "έγραψε {what}" }
    ended_with(command: &str, code: i32) {
        en: "{command} ended with exit code {code}",
        el: "η εντολή {command} τελείωσε με κωδικό εξόδου {code}",
    }
    was_killed(command: &str) { en: "{command} was killed", el: "η εντολή {command} τερματίστηκε από σήμα" }
    has_not_ended(command: &str) { en: "{command} has not ended", el: "η εντολή {command} δεν έχει τελειώσει" }
    not_alone(command: &str) {
        en: "{command} runs something else as well: how the wanted command ended can't be told apart",
        el: "η {command} τρέχει και κάτι άλλο: δεν ξεχωρίζει πώς τελείωσε η ζητούμενη εντολή",
    }
    ran(command: &str) { en: "{command} ran", el: "έτρεξε η εντολή {command}" }
    without_project(node: &NodeName) {
        en: "{node} runs without a Mix project",
        el: "ο κόμβος {node} τρέχει χωρίς έργο Mix",
    }
    node_runs(node: &NodeName, place: &Localized, cookie: &Localized) {
        en: "the node {node} runs{place}{cookie}",
        el: "ο κόμβος {node} τρέχει{place}{cookie}",
    }
    runs_not(node: &NodeName) { en: "the node {node} doesn't run", el: "ο κόμβος {node} δεν τρέχει" }
    node_has_stopped(node: &NodeName) { en: "the node {node} has stopped", el: "ο κόμβος {node} έχει σταματήσει" }
    are_connected(one: &str, other: &str) {
        en: "{one} and {other} are connected",
        el: "οι κόμβοι {one} και {other} είναι συνδεδεμένοι",
    }
    are_not_connected(one: &str, other: &str) {
        en: "{one} and {other} are not connected",
        el: "οι κόμβοι {one} και {other} δεν είναι συνδεδεμένοι",
    }
    are_refused(one: &str, other: &str) {
        en: "{one} and {other} look for each other, and don't connect",
        el: "οι κόμβοι {one} και {other} αναζητούν ο ένας τον άλλον, και δεν συνδέονται",
    }
    shows(at: &Localized, what: &Localized, often: &Localized, origin: &Localized) {
        en: "{at} shows {what}{often}{origin}",
        el: "{at} δείχνει {what}{often}{origin}",
    }
    shows_not(at: &Localized, what: &Localized) { en: "{at} doesn't show {what}", el: "{at} δεν δείχνει {what}" }
    shows_nothing_like(at: &TerminalName, what: &Localized) {
        en: "{at} shows nothing like {what}",
        el: "το {at} δεν δείχνει κάτι σαν {what}",
    }
    stays_silent(at: &TerminalName) { en: "{at} stays silent", el: "το {at} μένει σιωπηλό" }
    returns(at: &Localized, value: &str) { en: "{at} returns {value}", el: "{at} επιστρέφει {value}" }
    raises(input: &Localized, what: &Localized) { en: "{input} raises {what}", el: "{input} προκαλεί το σφάλμα {what}" }
    raises_not(input: &Localized, what: &Localized) {
        en: "{input} doesn't raise {what}",
        el: "{input} δεν προκαλεί το σφάλμα {what}",
    }
    goes(what: &str, way: &Localized) {
        en: "a message like {what} goes {way}",
        el: "ένα μήνυμα σαν το {what} πηγαίνει {way}",
    }
    goes_not(what: &str, way: &Localized) {
        en: "no message like {what} goes {way}",
        el: "κανένα μήνυμα σαν το {what} δεν πηγαίνει {way}",
    }
    from_to(from: &str, to: &str) { en: "from {from} to {to}", el: "από τον {from} στον {to}" }
    from_one(from: &str) { en: "from {from} to another node", el: "από τον {from} σε άλλον κόμβο" }
    to_one(to: &str) { en: "from another node to {to}", el: "από άλλον κόμβο στον {to}" }
    between_nodes { en: "from one node to another", el: "από έναν κόμβο σε άλλον" }
    waits(at: &TerminalName) { en: "{at} waits for an expression", el: "το {at} περιμένει μια έκφραση" }
    waits_for_the_rest(at: &TerminalName) {
        en: "{at} waits for the rest of an expression",
        el: "το {at} περιμένει τη συνέχεια μιας έκφρασης",
    }
    is_typed(what: &str, place: &Localized) { en: "{what} is typed{place}", el: "γράφεται {what}{place}" }
    is_not_typed(what: &str) { en: "{what} isn't typed", el: "δεν γράφεται {what}" }
    not_so(what: &Localized) { en: "not so: {what}", el: "να μην ισχύει: {what}" }
    gives(pattern: &str) { en: "gives {pattern}", el: "δίνει {pattern}" }
    gives_the_same { en: "gives the same", el: "δίνει το ίδιο" }
    changes { en: "changes", el: "αλλάζει" }
    stays_as_it_was { en: "stays as it was", el: "μένει όπως ήταν" }
    probe_says(code: &str, what: &Localized, places: &Localized) {
        en: "{code} {what} on {places}",
        el: "το {code} {what} στο {places}",
    }
    some_terminal { en: "some terminal", el: "κάποιο τερματικό" }
    the_terminal(at: &TerminalName) { en: "{at}", el: "το {at}" }
    the_input { en: "the input", el: "η εντολή" }
    the_input_in(at: &TerminalName) { en: "the input in {at}", el: "η εντολή στο {at}" }
    printed_by(node: &str) {
        en: ", printed by a process on {node}",
        el: ", τυπωμένο από διεργασία στον κόμβο {node}",
    }
    once { en: "once", el: "μία φορά" }
    twice { en: "twice", el: "δύο φορές" }
    many_times(count: usize) { en: "{count} times", el: "{count} φορές" }
    a_value { en: "a value", el: "τιμή" }
    an_error { en: "an error", el: "σφάλμα" }
    a_note { en: "a note of the shell", el: "σημείωση του κελύφους" }
    printed_text { en: "printed text", el: "τυπωμένο κείμενο" }
    a_log_line { en: "a log line", el: "γραμμή καταγραφής" }
    on_stderr { en: "text on standard error", el: "κείμενο στην έξοδο σφαλμάτων" }
    command_output { en: "output of a command", el: "έξοδος προγράμματος" }

    // What was seen.
    went(what: &str, way: &Localized) { en: "{what} went {way}", el: "το {what} πήγε {way}" }
    none_went(way: &Localized) { en: "no message went {way}", el: "κανένα μήνυμα δεν πήγε {way}" }
    runs_in(node: &NodeName, at: &TerminalName) { en: "{node} runs in {at}", el: "ο κόμβος {node} τρέχει στο {at}" }
    not_registered(node: &NodeName, at: &TerminalName) {
        en: "{node} runs in {at}, but it isn't registered with epmd",
        el: "ο κόμβος {node} τρέχει στο {at}, αλλά δεν είναι καταχωρισμένος στο epmd",
    }
    is_starting(node: &NodeName, at: &TerminalName) {
        en: "{node} is starting in {at}",
        el: "ο κόμβος {node} ξεκινά στο {at}",
    }
    other_cookie(node: &NodeName, at: &TerminalName, cookie: &str) {
        en: "{node} runs in {at}, but its cookie is {cookie}",
        el: "ο κόμβος {node} τρέχει στο {at}, αλλά το cookie του είναι {cookie}",
    }
    other_node(at: &TerminalName, node: &NodeName) {
        en: "the node in {at} is {node}",
        el: "ο κόμβος στο {at} είναι ο {node}",
    }
    still_registered(name: &str) {
        en: "the name {name} is still registered with epmd",
        el: "το όνομα {name} είναι ακόμη καταχωρισμένο στο epmd",
    }
    lists_one_way(on: &str, to: &str) {
        en: "{on} lists {to}, but not the other way",
        el: "ο κόμβος {on} έχει στη λίστα του τον {to}, αλλά όχι το αντίστροφο",
    }
    list_each_other(one: &str, other: &str) {
        en: "{one} and {other} list each other",
        el: "οι κόμβοι {one} και {other} έχουν ο ένας τον άλλον στη λίστα τους",
    }
    does_not_run(node: &str) { en: "{node} does not run", el: "ο κόμβος {node} δεν τρέχει" }
    neither_lists { en: "neither lists the other", el: "κανείς δεν έχει τον άλλον στη λίστα του" }
    neither_looked { en: "neither looked for the other", el: "κανείς δεν αναζήτησε τον άλλον" }
    have_parted {
        en: "they were connected, and have parted",
        el: "είχαν συνδεθεί, και η σύνδεση κόπηκε",
    }
    waits_at(at: &TerminalName, prompt: &str) { en: "{at} waits at {prompt}", el: "το {at} περιμένει στο {prompt}" }
    waits_for_more(at: &TerminalName, prompt: &str) {
        en: "{at} waits for more, at {prompt}",
        el: "το {at} περιμένει τη συνέχεια, στο {prompt}",
    }
    reads_a_line(at: &TerminalName) {
        en: "a program in {at} reads a line",
        el: "ένα πρόγραμμα στο {at} διαβάζει μια γραμμή",
    }
    is_at_dollar(at: &TerminalName) { en: "{at} is at $", el: "το {at} είναι στο $" }
    is_busy(at: &TerminalName) { en: "{at} is busy", el: "το {at} είναι απασχολημένο" }
    printed_only(often: &Localized) { en: "it was printed {often}", el: "τυπώθηκε {often}" }
    printed_by_other(at: &TerminalName, by: &str) {
        en: "it was printed on {at}, but by a process on {by}",
        el: "τυπώθηκε στο {at}, αλλά από διεργασία στον κόμβο {by}",
    }
    appeared_unprinted(at: &TerminalName) {
        en: "it appeared on {at}, but no process on a node printed it",
        el: "εμφανίστηκε στο {at}, αλλά δεν το τύπωσε διεργασία κάποιου κόμβου",
    }
    printed_on(at: &TerminalName, origin: &Localized) { en: "it was printed on {at}{origin}", el: "τυπώθηκε στο {at}{origin}" }
    nothing_printed(at: &TerminalName, kind: &Localized) {
        en: "{at} shows it as {kind}; nothing printed it",
        el: "στο {at} φαίνεται ως {kind}· δεν το τύπωσε καμία διεργασία",
    }
    shown(at: &TerminalName, what: &str, origin: &Localized) {
        en: "{at} shows {what}{origin}",
        el: "το {at} δείχνει {what}{origin}",
    }
    raised(at: &TerminalName, what: &str) { en: "{at} raised {what}", el: "στο {at} προκλήθηκε το σφάλμα {what}" }
    raised_on(at: &TerminalName) { en: "it was raised on {at}", el: "προκλήθηκε στο {at}" }
    no_error(at: &TerminalName, kind: &Localized) {
        en: "{at} shows it as {kind}, not as an error of its input",
        el: "στο {at} φαίνεται ως {kind}, όχι ως σφάλμα της εντολής",
    }
    returned(at: &TerminalName, value: &str) { en: "{at} returned {value}", el: "το {at} επέστρεψε {value}" }
    no_value(at: &TerminalName, kind: &Localized) {
        en: "{at} shows it as {kind}, not as a value",
        el: "στο {at} φαίνεται ως {kind}, όχι ως τιμή",
    }
    was_and_is(at: &TerminalName, before: &str, now: &str) {
        en: "on {at} it was {before} and is {now}",
        el: "στο {at} ήταν {before} και είναι {now}",
    }
    still_is(at: &TerminalName, now: &str) { en: "on {at} it is still {now}", el: "στο {at} είναι ακόμη {now}" }
    it_is(at: &TerminalName, now: &str) { en: "on {at} it is {now}", el: "στο {at} είναι {now}" }
    it_raises(at: &TerminalName, why: &str) { en: "on {at} it raises {why}", el: "στο {at} προκαλεί το σφάλμα {why}" }
    no_answer(at: &TerminalName) { en: "{at} didn't answer in time", el: "το {at} δεν απάντησε εγκαίρως" }
    no_node(at: &TerminalName) { en: "no node runs in {at}", el: "κανένας κόμβος δεν τρέχει στο {at}" }
    typed_elsewhere(at: &TerminalName) { en: "it was typed in {at}", el: "γράφτηκε στο {at}" }
    was_typed(what: &str) { en: "{what} was typed", el: "γράφτηκε {what}" }
}

/// What a file is to hold.
pub fn held(held: &Held) -> String {
    match held {
        Held::Code(pattern) => code(pattern),
        Held::Text(text) => quoted(text),
    }
}

pub fn text(what: &Text) -> Localized {
    match what {
        Text::Plain(text) => Localized::verbatim(quoted(text)),
        Text::Regex(regex) => readable(regex.as_str()),
    }
}

/// A regular expression as a person reads it: `a\.b|c.*d` as "a.b" or "c … d"; one that is more stays as it is.
fn readable(regex: &str) -> Localized {
    let bare =
        ["(?s)", "(?m)", "(?i)"].iter().fold(regex, |left, flag| left.strip_prefix(flag).unwrap_or(left));
    let plain: Option<Vec<String>> = alternatives(bare).map(spelled).collect();
    match plain {
        Some(plain) => {
            let plain: Vec<_> = plain.iter().map(|plain| Localized::verbatim(quoted(plain))).collect();
            Localized::join(&plain, &plain_or())
        }
        None => Localized::verbatim(format!("/{}/", short(regex))),
    }
}

/// The parts between the `|`s that aren't escaped; those in brackets make `spelled` give up.
fn alternatives(regex: &str) -> impl Iterator<Item = &str> {
    let mut is_escaped = false;
    regex.split(move |sign| {
        let is_split = sign == '|' && !is_escaped;
        is_escaped = sign == '\\' && !is_escaped;
        is_split
    })
}

/// The text that a regular expression without choices or repetitions stands for.
fn spelled(regex: &str) -> Option<String> {
    let regex = regex.replace(".*", "\u{2026}");
    let mut plain = String::new();
    let mut signs = regex.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => plain.push(signs.next().filter(|next| !next.is_alphanumeric())?),
            '\u{2026}' => plain.push_str(" \u{2026} "),
            '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '^' | '$' => return None,
            sign => plain.push(sign),
        }
    }
    Some(plain)
}

/// In quotes, or where it holds quotes itself, between backquotes.
pub fn quoted(text: &str) -> String {
    let text = short(text.trim_end());
    if text.contains('"') { format!("`{text}`") } else { format!("\"{text}\"") }
}

/// Code or a value, on one line.
pub fn code(text: &str) -> String {
    format!("`{}`", short(text.trim()))
}

pub fn first_line(text: &str) -> String {
    quoted(text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim())
}

pub fn last_line(text: &str) -> String {
    quoted(text.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default().trim())
}

/// One line of at most so many characters, fit for any terminal.
fn short(text: &str) -> String {
    let line: String = text.split('\n').map(str::trim).collect::<Vec<_>>().join(" ");
    let line: String = line.chars().filter(|c| !c.is_control()).take(MAX_TOLD + 1).collect();
    match line.char_indices().nth(MAX_TOLD) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::readable;
    use crate::i18n::Lang;

    fn english(regex: &str) -> String {
        readable(regex).speak(Lang::En).to_owned()
    }

    #[test]
    fn a_regular_expression_reads_as_text_where_it_can() {
        assert_eq!(english(r"Kate\.say_name/0 is undefined"), "\"Kate.say_name/0 is undefined\"");
        assert_eq!(english(r"(?s)exited.*boom|\(exit\)"), "\"exited … boom\" or \"(exit)\"");
        assert_eq!(english(r"a\|b"), "\"a|b\"");
        assert_eq!(english(r"\d+"), r"/\d+/");
    }
}
