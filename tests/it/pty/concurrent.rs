//! Two shells at once.

use crate::support::{home::Home, learner::PtyLearner};

#[test]
fn two_people_use_the_same_node_names() {
    let begin =
        || PtyLearner::new(100, 30).at("shell $").types("/goto name-alex").reads("name-alex", "○○○○○○○");
    let (one, other) = (begin().at("alex $"), begin().at("alex $"));
    let (one, other) = (one.types("iex --sname alex@localhost"), other.types("iex --sname alex@localhost"));
    let (one, other) = (one.passes().at("iex(alex@localhost)"), other.passes().at("iex(alex@localhost)"));
    let meets = |learner: PtyLearner| {
        learner
            .presses_enter()
            .reads("name-kate", "○●○○○○○")
            .at("iex(alex@localhost)")
            .types("/kate")
            .at("kate $")
            .types("iex --sname kate@localhost")
            .passes()
            .at("iex(kate@localhost)")
            .types("Node.connect(:alex@localhost)")
            .sees("true")
            .at("iex(kate@localhost)")
            .types("Node.list()")
            .sees("[:alex@localhost]")
            .at("iex(kate@localhost)")
    };
    let one = meets(one);
    meets(other).leaves();
    // The other's end is not this one's.
    one.types("Node.list()").sees("[:alex@localhost]").at("iex(kate@localhost)").leaves();
}

#[test]
fn a_second_shell_on_the_same_progress_says_that_it_will_not_save() {
    let home = Home::new();
    let first = home.opens(100, 30, &[]).reads("nameless", "○○○○○○○").at("shell $");
    home.opens(100, 30, &[])
        .sees("nothing will be saved")
        .reads("nameless", "○○○○○○○")
        .at("shell $")
        .types("/skip")
        .reads("name-alex", "◌○○○○○○")
        .at("alex $")
        .types("/quit")
        .sees("Nothing was saved")
        .ends();
    first.types("iex").at("shell iex(").leaves();
    home.opens(100, 30, &[]).reads("nameless", "○○○○○○○").at("shell $").leaves();
}
