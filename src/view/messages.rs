use crate::i18n::Localized;

crate::catalogue! {
    // Which nodes run, and who is connected.
    and(first: &str, last: &str) { en: "{first} and {last}", el: "{first} και {last}" }
    are_connected(nodes: &Localized) {
        en: "{nodes} are connected",
        el: "οι κόμβοι {nodes} είναι συνδεδεμένοι",
    }
    are_connected_hidden(nodes: &Localized) {
        en: "{nodes} have a hidden connection",
        el: "οι κόμβοι {nodes} έχουν κρυφή σύνδεση",
    }
    are_cut(nodes: &Localized) {
        en: "{nodes} are cut off from each other",
        el: "οι κόμβοι {nodes} είναι αποκομμένοι μεταξύ τους",
    }
    is_paused(node: &str) { en: "{node} is paused", el: "ο κόμβος {node} είναι σε παύση" }
    runs_alone(node: &str) { en: "{node} runs, connected to no one", el: "ο κόμβος {node} τρέχει, χωρίς σύνδεση με άλλον" }
    no_node_runs { en: "no node runs", el: "κανένας κόμβος δεν τρέχει" }

    // Cookies.
    same_cookie(nodes: &Localized) { en: "{nodes} have the same cookie", el: "οι κόμβοι {nodes} έχουν το ίδιο cookie" }
    own_cookie(node: &str) { en: "{node} has a cookie of its own", el: "ο κόμβος {node} έχει δικό του cookie" }
    cookie_of(node: &str) { en: "for {node} it uses {node}'s cookie", el: "για τον {node} έχει το cookie του {node}" }
    another_cookie(node: &str) {
        en: "for {node} it uses another cookie than its own",
        el: "για τον {node} έχει άλλο cookie από το δικό του",
    }

    // A node and its processes.
    stands_still {
        en: "it is paused, and does not answer until it goes on",
        el: "είναι σε παύση και δεν απαντά ώσπου να συνεχίσει",
    }
    no_answer { en: "it does not answer", el: "δεν απαντά" }
    no_look { en: "it runs in no terminal of Moebi's", el: "δεν τρέχει σε τερματικό του Moebi" }
    nothing_else { en: "nothing of it reaches another node", el: "τίποτα δικό του δεν φτάνει σε άλλον κόμβο" }
    registered(names: &str) { en: "registered: {names}", el: "καταχωρισμένα ονόματα: {names}" }
    the_shell { en: "the shell", el: "το κέλυφος" }
    shell_of(node: &str) { en: "the shell of {node}", el: "το κέλυφος του {node}" }
    process_on(process: &Localized, node: &str) { en: "{process} on {node}", el: "{process} στον {node}" }
    is_linked(one: &Localized, other: &Localized) { en: "{one} is linked to {other}", el: "{one} έχει δεσμό με {other}" }
    monitors(one: &Localized, other: &Localized) { en: "{one} monitors {other}", el: "{one} παρακολουθεί {other}" }
    runs_task(supervisor: &Localized, task: &Localized) {
        en: "{supervisor} runs the task {task}",
        el: "ο {supervisor} τρέχει την εργασία {task}",
    }
    runs_task_for(supervisor: &Localized, task: &Localized, caller: &Localized) {
        en: "{supervisor} runs the task {task} for {caller}",
        el: "ο {supervisor} τρέχει την εργασία {task} για {caller}",
    }
    is_led(process: &Localized, node: &str) {
        en: "{process} has its group leader on {node}, and prints there",
        el: "{process}: ο αρχηγός ομάδας είναι στον {node}, και εκεί τυπώνει",
    }
    are_led(processes: &Localized, node: &str) {
        en: "{processes} have their group leader on {node}, and print there",
        el: "{processes}: ο αρχηγός ομάδας είναι στον {node}, και εκεί τυπώνουν",
    }
    many_are_led(processes: &Localized, others: usize, node: &str) {
        en: "{processes} and {others} others have their group leader on {node}, and print there",
        el: "{processes} και άλλες {others}: ο αρχηγός ομάδας είναι στον {node}, και εκεί τυπώνουν",
    }
    more(count: u64) { en: "and {count} more", el: "και άλλα {count}" }

    // What crossed.
    shell { en: "shell", el: "κέλυφος" }
    group_leader { en: "group leader", el: "αρχηγός ομάδας" }
    spawns(function: &str) { en: "spawn {function}", el: "ξεκινά {function}" }
    links { en: "link", el: "δεσμός" }
    watches { en: "monitor", el: "παρακολουθεί" }
    down(reason: &str) { en: ":DOWN {reason}", el: ":DOWN {reason}" }
    calls(request: &str) { en: "call {request}", el: "ζητά {request}" }
    replies(answer: &str) { en: "reply {answer}", el: "απαντά {answer}" }
    prints(text: &str) { en: "print “{text}”", el: "τυπώνει «{text}»" }
    exits(reason: &str) { en: "exit {reason}", el: "τελειώνει: {reason}" }
    connected { en: "connected", el: "σύνδεση" }
    disconnected { en: "disconnected", el: "αποσύνδεση" }
    started { en: "the node is up", el: "ο κόμβος ξεκίνησε" }
    stopped { en: "the node is gone", el: "ο κόμβος έφυγε" }
    killed { en: "killed", el: "σκοτώθηκε" }
    paused { en: "paused", el: "σε παύση" }
    resumed { en: "goes on", el: "συνεχίζει" }
    cut { en: "cut off", el: "αποκοπή" }
    healed { en: "can connect again", el: "άρση αποκοπής" }
    nothing_crossed {
        en: "Nothing has crossed between nodes. `/trace step` shows all of this step, `/trace 3` what line 3 brought about.",
        el: "Τίποτα δεν πέρασε από κόμβο σε κόμβο. Με `/trace step` βλέπεις όλο το βήμα, με `/trace 3` ό,τι έφερε η γραμμή 3.",
    }
    more_events(count: usize) { en: "and {count} more", el: "και άλλα {count}" }
    not_all_seen {
        en: "So much was sent that Moebi did not look at all of it: some is missing here.",
        el: "Στάλθηκαν τόσα πολλά που το Moebi δεν τα είδε όλα: εδώ λείπουν μερικά.",
    }
    round(events: usize, times: usize) {
        en: "the last {events} lines × {times}",
        el: "οι {events} τελευταίες γραμμές × {times}",
    }
    process_of(node: &str, process: &Localized) { en: "{node} ({process})", el: "{node} ({process})" }
    typed_on(node: &str, text: &str) { en: "typed on {node}: {text}", el: "γράφτηκε στον {node}: {text}" }
    after_to(at: &str, from: &Localized, to: &Localized, what: &Localized, count: &str) {
        en: "after {at}, {from} to {to}: {what}{count}",
        el: "μετά από {at}, {from} προς {to}: {what}{count}",
    }
    after_on(at: &str, from: &Localized, what: &Localized, count: &str) {
        en: "after {at}, on {from}: {what}{count}",
        el: "μετά από {at}, στον {from}: {what}{count}",
    }
}
