//! The terminal driver in a real pseudo-terminal, with a guide that says what the test tells it to.
//!
//! The test binary runs itself again inside the pseudo-terminal; `fake_guide` is then its only test.

mod common;
mod stage;

use std::{env, os::unix::net::UnixStream, time::Duration};

use stage::Stage;

/// Inside the pseudo-terminal, this is the program. Elsewhere it is nothing.
#[test]
fn fake_guide() {
    if let Ok(path) = env::var(stage::CONTROL) {
        let control = UnixStream::connect(path).expect("the test listens");
        stage::guide::play(control);
    }
}

/// On pipes, this is the program.
#[test]
fn fake_plain_guide() {
    if env::var_os(stage::PLAIN).is_some() {
        stage::plain::play();
    }
}

#[test]
fn a_pipe_is_read_line_by_line_and_answered_in_labelled_lines() {
    let said = stage::piped("x = 1\nfn ->\n:ok end\n/hnt\n/hint\n\nκόμβος\n");
    assert_eq!(
        said,
        [
            "[prompt] alex iex(1)>",
            "[alex, value] x = 1 (printed by kate)",
            "[prompt] alex iex(2)>",
            "[alex, value] fn ->|:ok end (printed by kate)",
            "[prompt] alex iex(3)>",
            "[problem] there is no command /hnt",
            "[try] did you mean /hint?",
            "[hint] There is no further hint; /answer shows one way to do it.",
            "[moebi] Enter",
            "[alex, value] κόμβος (printed by kate)",
            "[prompt] alex iex(4)>",
            "[moebi] Goodbye.",
        ]
    );
}

#[test]
fn a_break_in_a_pipe_drops_what_is_unfinished() {
    let said = stage::piped("fn ->\n#iex:break\nx\n");
    assert_eq!(
        said,
        [
            "[prompt] alex iex(1)>",
            "[moebi] The incomplete expression is dropped; nothing of it ran.",
            "[alex, value] x (printed by kate)",
            "[prompt] alex iex(2)>",
            "[moebi] Goodbye.",
        ]
    );
}

/// Not a test: the shell to look at, with `LOOK=1` in a terminal.
#[test]
fn look() {
    if env::var_os("LOOK").is_some() {
        stage::demo::play();
    }
}

/// Ten lines of Greek, each longer than the screen is wide.
fn long_greek() -> String {
    let line =
        |n: usize| format!("γραμμή {n}: ο κόμβος της kate τυπώνει στην οθόνη του alex, όχι στη δική της");
    (0..10).map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn printing_above_leaves_a_long_greek_buffer_and_its_cursor_alone() {
    let mut stage = Stage::open(50, 60);
    stage.tell("iex 1");
    stage.sees("iex(alex@localhost)1> ");
    stage.pastes(&long_greek());
    stage.sees("γραμμή 9");
    // Into the middle: five lines up, ten characters to the left.
    stage.types(&"\x1b[A".repeat(5));
    stage.types(&"\x1b[D".repeat(10));
    for n in 0..8 {
        stage.tell(&format!("out kate kate printed-{n} στην kate"));
        stage.types("ψ");
        stage.sees(&format!("printed-{n}"));
    }
    stage.tell("out alex kate τελευταίο");
    stage.sees("τελευταίο");
    stage.settles();
    let screen = stage.screen();
    for n in 0..8 {
        assert_eq!(screen.matches(&format!("kate │ printed-{n} στην kate")).count(), 1, "{screen}");
    }
    assert_eq!(screen.matches("iex(alex@localhost)1>").count(), 1, "{screen}");
    assert_eq!(screen.matches("...(alex@localhost)1>").count(), 9, "{screen}");
    for n in 0..10 {
        assert_eq!(screen.matches(&format!("γραμμή {n}:")).count(), 1, "{screen}");
    }
    assert!(screen.find("printed-7") < screen.find("iex(alex@localhost)1>"), "{screen}");
    stage.types("\r");
    let line = stage.hears("Line");
    let typed = long_greek();
    let lines: Vec<_> = typed.split('\n').collect();
    assert_eq!(line.matches("ψψψψψψψψ").count(), 1, "the cursor never moved: {line}");
    assert_eq!(
        line.replace('ψ', "").matches(lines[3]).count(),
        typed.replace('ψ', "").matches(lines[3]).count()
    );
    assert_eq!(line.replace("ψψψψψψψψ", ""), format!("Line({typed:?})"), "nothing else has changed");
}

/// Neither the buffer nor what is printed meanwhile: that has gone up, above the screen.
#[test]
fn a_buffer_taller_than_the_screen_survives_too() {
    let mut stage = Stage::open(16, 60);
    stage.tell("out kate kate printed before");
    stage.tell("iex 1");
    stage.sees("iex(alex@localhost)1> ");
    stage.pastes(&long_greek());
    stage.sees("γραμμή 9");
    for n in 0..4 {
        stage.tell(&format!("out kate kate printed-{n}"));
        stage.types("ψ");
        let line = format!("printed-{n}");
        stage.pty().wait_for("was it printed", |look| look.text_from(0).contains(&line));
        stage.settles();
    }
    let page = stage.pty().text_from(0);
    let printed: Vec<_> = page.lines().filter(|line| line.contains("printed-")).map(str::trim_end).collect();
    assert_eq!(printed, [0, 1, 2, 3].map(|n| format!("kate │ printed-{n}")), "{page}");
    assert!(page.contains("printed before"), "{page}");
    stage.types("\r");
    assert_eq!(stage.hears("Line"), format!("Line({:?})", long_greek() + "ψψψψ"));
}

#[test]
fn a_resize_is_told_and_what_follows_fits() {
    let mut stage = Stage::open(30, 80);
    stage.hears("Resize { columns: 80, rows: 30 }");
    stage.tell("iex 1");
    stage.sees("iex(alex@localhost)1> ");
    stage.types("Κόμβος.list");
    stage.sees("Κόμβος.list");
    stage.resizes(24, 50);
    stage.hears("Resize { columns: 50, rows: 24 }");
    stage.tell("out alex kate Hi");
    stage.sees(&format!("Hi{}‹ from kate ›", " ".repeat(34)));
    stage.types("()\r");
    stage.hears("Line(\"Κόμβος.list()\")");
}

#[test]
fn a_new_prompt_keeps_what_is_typed() {
    let mut stage = Stage::open(24, 80);
    stage.tell("busy");
    stage.types("Node.sel");
    stage.sees("alex ⋯ Node.sel");
    stage.tell("iex 1");
    stage.sees("iex(alex@localhost)1> Node.sel");
    stage.types("f()");
    stage.sees("Node.self()");
    stage.tell("iex 2");
    stage.sees("iex(alex@localhost)2> Node.self()");
    stage.settles();
    assert!(!stage.screen().contains("1> Node"), "{}", stage.screen());
    stage.types("\r");
    stage.hears("Line(\"Node.self()\")");
}

#[test]
fn unfinished_code_goes_on_below_as_iex_does() {
    let mut stage = Stage::open(24, 80);
    stage.tell("iex 1");
    stage.sees("iex(alex@localhost)1> ");
    stage.types("fn ->\r");
    stage.hears("Validate(\"fn ->\")");
    stage.sees("...(alex@localhost)1> ");
    stage.types(":ok end\r");
    stage.hears("Line(\"fn ->\\n  :ok end\")");
}

#[test]
fn a_learner_who_is_stuck_is_noticed_once_and_can_break_off() {
    let mut stage = Stage::open(24, 80);
    stage.tell("iex 1");
    stage.sees("iex(alex@localhost)1> ");
    stage.types("fn ->\r");
    stage.hears("Validate(\"fn ->\")");
    stage.types("\r");
    let heard = stage.hears_up_to("Unfinished");
    assert!(heard.contains(&"Validate(\"fn ->\\n  \")".to_owned()), "{heard:?}");
    stage.tell("say It is not finished.");
    stage.sees("It is not finished.");
    stage.types("\r");
    stage.hears("Validate(\"fn ->\\n\\n  \")");
    stage.types("#iex:break\r");
    stage.sees("The incomplete expression is dropped");
    stage.types("1\r");
    let heard = stage.hears_up_to("Line");
    assert_eq!(heard.last().map(String::as_str), Some("Line(\"1\")"), "{heard:?}");
    assert!(!heard.contains(&"Unfinished".to_owned()), "once a buffer: {heard:?}");
    stage.tell("iex 2");
    stage.sees("iex(alex@localhost)2> ");
    stage.types("fn ->\r\r");
    stage.hears("Unfinished");
}

#[test]
fn an_unnamed_iex_says_which_terminal_it_is() {
    let mut stage = Stage::open(24, 80);
    stage.tell("nameless 3");
    stage.sees("alex iex(3)> ");
    stage.types("fn ->\r");
    stage.sees("     ...(3)> ");
    stage.types(":ok end");
    stage.sees("...(3)>   :ok end");
    stage.tell("out kate kate printed");
    stage.sees("kate │ printed");
    stage.settles();
    assert_eq!(stage.screen().matches("alex iex(3)> fn ->").count(), 1, "{}", stage.screen());
    stage.types("\r");
    stage.hears("Line(\"fn ->\\n  :ok end\")");
}

#[test]
fn a_question_that_is_left_leaves_no_mark() {
    let mut stage = Stage::open(24, 80);
    stage.tell("question");
    stage.sees(" ?");
    stage.types("/back\r");
    stage.hears("Slash(/back)");
    stage.tell("step Another");
    stage.sees("Another");
    stage.types("x = 1");
    stage.sees("alex ⋯ x = 1");
    stage.settles();
    let screen = stage.screen();
    assert_eq!(screen.matches(" ?").count(), 1, "only where /back was typed: {screen}");
    stage.tell("iex 1");
    stage.sees("iex(alex@localhost)1> x = 1");
    stage.types("\r");
    stage.hears("Line(\"x = 1\")");
    stage.tell("question");
    stage.sees("?");
    stage.tell("iex 2");
    stage.sees("iex(alex@localhost)2>");
    stage.settles();
    assert_eq!(stage.screen().matches(" ?").count(), 1, "{}", stage.screen());
}

#[test]
fn at_the_dollar_a_misspelt_command_is_answered_here() {
    let mut stage = Stage::open(24, 80);
    stage.tell("dollar");
    stage.sees("alex $ ");
    stage.types("/hnit\r");
    stage.sees("! there is no command /hnit");
    stage.sees("→ did you mean /hint?");
    stage.types("/bin\r");
    let heard = stage.hears_up_to("Line");
    assert_eq!(heard.last().map(String::as_str), Some("Line(\"/bin\")"), "{heard:?}");
}

/// On any layout; what means something to whoever reads is left to them.
#[test]
fn a_command_without_its_slash_is_answered_here() {
    let mut stage = Stage::open(24, 80);
    stage.tell("iex 1");
    stage.sees("iex(alex@localhost)1> ");
    for (typed, meant) in [("hint", "hint"), ("ηελπ", "help"), (" quit ", "quit")] {
        stage.types(&format!("{typed}\r"));
        stage.sees(&format!("did you mean /{meant}?"));
    }
    stage.types("answer\r");
    let heard = stage.hears_up_to("Line");
    assert_eq!(heard.last().map(String::as_str), Some("Line(\"answer\")"), "{heard:?}");
    stage.tell("dollar");
    stage.sees("alex $ ");
    stage.types("next\r");
    stage.sees("did you mean /next?");
    stage.types("next door\r");
    let heard = stage.hears_up_to("Line");
    assert_eq!(heard.last().map(String::as_str), Some("Line(\"next door\")"), "{heard:?}");
}

#[test]
fn another_terminals_long_lines_wrap_beside_its_name() {
    let mut stage = Stage::open(24, 40);
    stage.tell("iex 1");
    stage.sees("iex(alex@localhost)1> ");
    stage.types("αβγ");
    stage.sees("> αβγ");
    stage.tell("out kate kate 00:25:10.610 [error] Process #PID<0.2003.0> raised an exception");
    stage.sees("kate │ 00:25:10.610 [error] Process");
    stage.sees("kate │ #PID<0.2003.0> raised an");
    stage.sees("kate │ exception");
    stage.settles();
    assert_eq!(stage.screen().matches("kate │").count(), 3, "{}", stage.screen());
    assert_eq!(stage.screen().matches("1> αβγ").count(), 1, "{}", stage.screen());
}

#[test]
fn a_long_unfinished_line_keeps_the_prompt_in_its_place() {
    let mut stage = Stage::open(24, 40);
    stage.tell("iex 1");
    stage.sees("iex(alex@localhost)1> ");
    stage.types("αβγ");
    stage.sees("> αβγ");
    let long = "seems to be in use by another Erlang node\t日本 ".repeat(3);
    stage.tell(&format!("part {long}\r"));
    stage.sees("日本");
    stage.tell("out alex alex \r");
    stage.tell("out alex alex end");
    stage.sees("end");
    stage.settles();
    let screen = stage.screen();
    assert_eq!(screen.matches("seems").count(), 3, "{screen}");
    assert_eq!(screen.matches("1> αβγ").count(), 1, "{screen}");
}

#[test]
fn what_moebi_types_and_what_follows_stand_apart() {
    let mut stage = Stage::open(24, 80);
    stage.tell("typed iex --sname alex@localhost");
    stage.tell("typed Node.self()");
    stage.tell("iex 1");
    stage.sees("alex » Node.self()\n\niex(alex@localhost)1>");
    assert!(stage.screen().contains("alex » iex --sname alex@localhost\nalex » Node"), "{}", stage.screen());
}

#[test]
fn commands_abbreviated_misspelt_and_greek() {
    let mut stage = Stage::open(24, 80);
    stage.tell("map");
    stage.tell("iex 1");
    stage.sees("iex(alex@localhost)1> ");
    stage.types("/hnt\r");
    stage.sees("! there is no command /hnt");
    stage.sees("→ did you mean /hint?");
    stage.types("/ηιντ\r");
    stage.hears("Slash(/hint)");
    stage.types("/ka");
    stage.sees("> /kate");
    stage.types("\t\r");
    stage.hears("Slash(/kate");
    stage.types("\r");
    stage.hears("Enter");
    stage.types("\x1b2");
    stage.hears("Focus");
}

#[test]
fn ctrl_c_clears_a_line_first_and_interrupts_then() {
    let mut stage = Stage::open(24, 80);
    stage.tell("iex 1");
    stage.sees("iex(alex@localhost)1> ");
    stage.types("oops");
    stage.sees("1> oops");
    stage.types("\x03");
    stage.sees("oops^C");
    stage.types("x\r");
    let heard = stage.hears_up_to("Line(\"x\")");
    assert!(!heard.contains(&"Interrupt".to_owned()), "{heard:?}");
    stage.tell("iex 2");
    stage.sees("iex(alex@localhost)2> ");
    stage.types("\x03");
    stage.hears("Interrupt");
    stage.types("\x04");
    stage.hears("Quit");
}

#[test]
fn a_program_has_the_terminal_to_itself() {
    let mut stage = Stage::open(24, 80);
    stage.tell("relay");
    stage.tell("bytes \x1b[5;10Hname? ");
    stage.sees("name? ");
    stage.types("κ\x1b[A");
    stage.hears("Bytes([206, 186, 27, 91, 65])");
    stage.tell("out kate kate held");
    stage.settles();
    assert!(!stage.screen().contains("held"), "{}", stage.screen());
    stage.tell("iex 1");
    stage.sees("kate │ held");
    stage.sees("iex(alex@localhost)1> ");
    stage.types("1\r");
    stage.hears("Line(\"1\")");
}

#[test]
fn a_flood_is_counted_and_the_prompt_lives_on() {
    let mut stage = Stage::open(24, 80);
    stage.tell("iex 1");
    stage.sees("iex(alex@localhost)1> ");
    stage.types("still");
    stage.sees("1> still");
    stage.tell("flood 20000");
    stage.types(" here");
    stage.sees("> still here");
    stage.sees("chicken? 19999");
    stage.settles();
    assert_eq!(stage.screen().matches("still here").count(), 1, "{}", stage.screen());
    stage.types("\r");
    stage.hears("Line(\"still here\")");
}

#[test]
fn a_count_of_what_is_left_out_goes_up_in_its_place() {
    let mut stage = Stage::open(24, 80);
    stage.tell("iex 1");
    stage.sees("iex(alex@localhost)1> ");
    for _ in 0..3 {
        stage.tell("left 500");
        stage.settles();
    }
    stage.sees("… 1500 bytes more from kate, not shown");
    assert_eq!(stage.screen().matches("more from kate").count(), 1, "{}", stage.screen());
    stage.tell("out alex alex printed");
    stage.sees("printed");
    stage.tell("left 20");
    stage.sees("printed\n… 20 bytes more from kate");
    assert_eq!(stage.screen().matches("more from kate").count(), 2, "{}", stage.screen());
}

#[test]
fn a_line_that_ends_later_is_one_line() {
    let mut stage = Stage::open(24, 80);
    stage.tell("iex 1");
    stage.sees("iex(alex@localhost)1> ");
    stage.types("αβγ");
    stage.sees("> αβγ");
    stage.tell("part one ");
    stage.sees("one");
    stage.tell("part two ");
    stage.sees("one two");
    stage.tell("out alex alex three");
    stage.sees("one two three");
    stage.tell("work αναμονή");
    stage.sees("⋯ αναμονή");
    stage.tell("out alex alex four");
    stage.sees("four");
    stage.settles();
    let screen = stage.screen();
    assert!(!screen.contains("αναμονή"), "{screen}");
    assert_eq!(screen.matches("one").count(), 1, "{screen}");
    assert_eq!(screen.matches("1> αβγ").count(), 1, "{screen}");
}

#[test]
fn the_terminal_is_given_back() {
    for end in ["bye", "drop", "panic"] {
        let mut stage = Stage::open(24, 80);
        stage.tell("iex 1");
        stage.sees("iex(alex@localhost)1> ");
        stage.tell(end);
        stage.hears("cooked: true");
        assert!(stage.is_sober(), "after {end}");
    }
}

#[test]
fn tab_asks_the_node_and_shows_what_it_says() {
    for (columns, colour) in [(60, true), (80, false), (200, true)] {
        let variables: &[_] = if colour { &[] } else { &[("NO_COLOR", "1")] };
        let mut stage = Stage::open_with(24, columns, variables);
        stage.tell("iex 1");
        stage.sees("iex(alex@localhost)1> ");
        stage.types("Node.sp\t");
        stage.hears("Complete(\"Node.sp\")");
        stage.sees("spawn_link/2 /4");
        stage.sees("Returns the PID");
        let prompt = "iex(alex@localhost)1> Node.spawn";
        stage.sees(prompt);
        assert!(!stage.screen().contains("SPAWN"), "{}", stage.screen());
        stage.tell("out kate kate printed");
        if !colour {
            stage.types("\t");
            stage.sees(">spawn_link/2");
        }
        stage.settles();
        assert!(!stage.screen().contains("printed"), "it waits for the choice: {}", stage.screen());
        stage.types("\r");
        stage.sees("kate │ printed");
        let chosen = if colour { "Node.spawn" } else { "Node.spawn_link" };
        stage.sees(&format!("1> {chosen}"));
        stage.settles();
        assert!(!stage.screen().contains("spawn_link/2"), "the menu is gone: {}", stage.screen());
        stage.types("()\r");
        stage.hears(&format!("Line(\"{chosen}()\")"));
    }
}

#[test]
fn completion_never_blocks_typing() {
    let mut stage = Stage::open(24, 80);
    stage.tell("iex 1");
    stage.sees("iex(alex@localhost)1> ");
    stage.types("slow\t");
    stage.hears("Complete(\"slow\")");
    stage.types("ly()\r");
    stage.hears("Line(\"slowly()\")");
    stage.tell("iex 2");
    stage.sees("iex(alex@localhost)2> ");
    stage.types("Node.sel\t");
    stage.sees("2> Node.self");
    stage.types("()\r");
    stage.hears("Line(\"Node.self()\")");
    stage.tell("iex 3");
    stage.sees("iex(alex@localhost)3> ");
    stage.types("Map.put(\t");
    stage.sees("put(map, key, value)");
    stage.types("%{}, 1, 2)\r");
    stage.hears("Line(\"Map.put(%{}, 1, 2)\")");
}

#[test]
fn at_the_dollar_tab_knows_flags_and_names() {
    let mut stage = Stage::open(24, 80);
    stage.tell("map");
    stage.tell("dollar");
    stage.sees("alex $ ");
    stage.types("iex --sn\t");
    stage.sees("iex --sname ");
    stage.types("al\t\r");
    stage.hears("Line(\"iex --sname alex@localhost\")");
}

#[test]
fn code_is_indented_as_it_is_typed() {
    let mut stage = Stage::open(24, 80);
    stage.tell("iex 1");
    stage.sees("iex(alex@localhost)1> ");
    stage.types("spawn(fn ->\r");
    stage.sees("...(alex@localhost)1>");
    stage.types("[1,");
    stage.sees("1>   [1,");
    stage.types("\x1b\r");
    stage.types("2");
    stage.sees("1>     2");
    stage.types("\x1b\r");
    stage.types("]");
    stage.sees("1>   ]");
    stage.types("\r");
    stage.types("e");
    stage.sees("1>   e");
    for key in ["n", "d"] {
        stage.types(key);
        stage.settles();
    }
    stage.sees("1> end");
    stage.types(")\r");
    stage.hears("Line(\"spawn(fn ->\\n  [1,\\n    2\\n  ]\\nend)\")");
}

#[test]
fn what_is_pasted_keeps_its_shape_and_is_entered_when_whole() {
    let mut stage = Stage::open(24, 80);
    stage.tell("iex 1");
    stage.sees("iex(alex@localhost)1> ");
    stage.pastes("spawn(fn ->\n      :odd\n end)\n");
    stage.hears("Line(\"spawn(fn ->\\n      :odd\\n end)\")");
    stage.tell("iex 2");
    stage.sees("iex(alex@localhost)2> ");
    stage.pastes("spawn(fn ->\n   :odd\n");
    stage.sees("2>    :odd");
    stage.types("x end)\r");
    stage.hears("Line(\"spawn(fn ->\\n   :odd\\n   x end)\")");
}

#[test]
fn history_is_kept_apart_hinted_at_and_without_repetition() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("history").to_string_lossy().into_owned();
    let history = [("FAKE_HISTORY", path.as_str())];
    let mut stage = Stage::open_with(24, 80, &history);
    stage.tell("iex 1");
    stage.sees("iex(alex@localhost)1> ");
    for line in ["Node.self()", "x = 1", "Node.self()", "fn ->\r:ok end"] {
        stage.types(&format!("{line}\r"));
        stage.hears("Line");
        stage.tell("iex 1");
        stage.settles();
    }
    stage.tell("dollar");
    stage.sees("alex $ ");
    stage.types("mix test\r");
    stage.hears("Line");
    stage.tell("bye");
    stage.hears("cooked");
    let mut stage = Stage::open_with(24, 80, &history);
    stage.tell("iex 1");
    stage.sees("iex(alex@localhost)1> ");
    stage.types("\x1b[A");
    stage.sees(":ok end");
    stage.types("\x1b[A");
    stage.sees("1> Node.self()");
    stage.types("\x1b[A");
    stage.sees("1> x = 1");
    stage.types("\x1b[A");
    stage.settles();
    assert!(stage.screen().contains("1> x = 1"), "{}", stage.screen());
    stage.types("\x15Nod");
    stage.sees("1> Node.self()");
    stage.types("\x1b[C\r");
    stage.hears("Line(\"Node.self()\")");
    stage.tell("dollar");
    stage.sees("alex $ ");
    stage.types("\x1b[A\r");
    stage.hears("Line(\"mix test\")");
}

#[test]
fn without_colour_a_hint_stands_in_marks() {
    let mut stage = Stage::open_with(24, 80, &[("NO_COLOR", "1")]);
    stage.tell("iex 1");
    stage.sees("iex(alex@localhost)1> ");
    stage.types("/hi");
    stage.sees("1> /hi‹nt›");
    stage.types("\x05");
    stage.settles();
    assert!(stage.screen().trim_end().ends_with("1> /hint"), "{}", stage.screen());
    stage.types("\r");
    stage.hears("Slash(/hint)");
}

#[test]
fn vi_says_which_mode_it_is_in() {
    let mut stage = Stage::open_with(24, 80, &[("FAKE_VI", "1")]);
    stage.tell("iex 1");
    stage.sees("iex(alex@localhost)1> [i] ");
    stage.types("N");
    stage.sees("[i] N");
    stage.types("o");
    stage.sees("[i] No");
    stage.types("d");
    stage.sees("[i] Nod");
    stage.types("e.lists()");
    stage.sees("[i] Node.lists()");
    stage.types("\x1b");
    stage.sees("iex(alex@localhost)1> [n] Node.lists()");
    stage.tell("out kate kate printed");
    stage.sees("kate │ printed");
    stage.sees("iex(alex@localhost)1> [n] Node.lists()");
    stage.types("hhx");
    stage.sees("[n] Node.list()");
    stage.types("\r");
    stage.hears("Line(\"Node.list()\")");
    stage.tell("iex 2");
    stage.sees("iex(alex@localhost)2> [i] ");
}

#[test]
fn a_prefix_leads_out_of_a_program_that_has_the_keys() {
    let mut stage = Stage::open(24, 80);
    stage.tell("map");
    stage.tell("relay");
    stage.tell("bytes name? ");
    stage.sees("name? ");
    stage.types("\x1d\x1d");
    stage.hears("Bytes([29])");
    stage.types("\x1d2");
    let heard = stage.hears("Focus");
    assert!(heard.contains("kate"), "{heard}");
}

/// Once, and where no line is under way.
#[test]
fn whoever_stays_in_a_program_is_told_of_the_way_out() {
    let mut stage = Stage::open(24, 80);
    stage.tell("map");
    stage.tell("relay");
    stage.tell("bytes name? ");
    stage.sees("name? ");
    stage.pty().breathes(Duration::from_secs(6));
    assert!(!stage.screen().contains("Ctrl-]"), "in the middle of a line: {}", stage.screen());
    stage.tell("bytes kate\r\n");
    stage.sees("name? kate\n  Ctrl-] and then");
    stage.tell("bytes more\r\n");
    stage.sees("more");
    stage.tell("dollar");
    stage.sees("alex $ ");
    stage.tell("relay");
    stage.pty().breathes(Duration::from_secs(6));
    assert_eq!(stage.screen().matches("Ctrl-]").count(), 1, "{}", stage.screen());
}

#[test]
fn a_program_on_the_other_screen_is_not_written_into() {
    let mut stage = Stage::open(24, 80);
    stage.tell("relay");
    stage.tell("bytes \x1b[?1049hfull screen\r\n");
    stage.sees("full screen");
    stage.pty().breathes(Duration::from_secs(6));
    assert!(!stage.screen().contains("Ctrl-]"), "{}", stage.screen());
}

#[test]
fn keys_move_to_the_terminal_beside() {
    let mut stage = Stage::open(24, 80);
    stage.tell("map");
    stage.tell("iex 1");
    stage.sees("iex(alex@localhost)1> ");
    stage.types("\x1b[1;3B");
    assert!(stage.hears("Focus").contains("kate"));
    stage.types("\x1bOQ");
    assert!(stage.hears("Focus").contains("kate"));
}
