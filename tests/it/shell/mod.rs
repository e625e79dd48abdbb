//! The terminal driver in a real pseudo-terminal, with a guide that says what the test tells it to.
//!
//! The test binary runs itself again inside the pseudo-terminal; what is in `fake_guide` is then its only test.

mod fake_guide;
mod fake_plain_guide;
pub mod harness;

use harness::{ShellHarness, piped};

#[test]
fn a_pipe_is_read_line_by_line_and_answered_in_labelled_lines() {
    insta::assert_snapshot!(piped("x = 1\nfn ->\n:ok end\n/hnt\n/hint\n\nκόμβος\n"), @r"
    [prompt] alex iex(1)>
    [alex, value] x = 1 (printed by kate)
    [prompt] alex iex(2)>
    [alex, value] fn ->|:ok end (printed by kate)
    [prompt] alex iex(3)>
    [problem] there is no command /hnt
    [try] did you mean /hint?
    [hint] There is no further hint; /answer shows one way to do it.
    [moebi] Enter
    [alex, value] κόμβος (printed by kate)
    [prompt] alex iex(4)>
    [moebi] Goodbye.
    ");
}

#[test]
fn a_break_in_a_pipe_drops_what_is_unfinished() {
    insta::assert_snapshot!(piped("fn ->\n#iex:break\nx\n"), @r"
    [prompt] alex iex(1)>
    [moebi] The incomplete expression is dropped; nothing of it ran.
    [alex, value] x (printed by kate)
    [prompt] alex iex(2)>
    [moebi] Goodbye.
    ");
}

/// Ten lines of Greek, each longer than the screen is wide.
fn long_greek() -> String {
    let line =
        |n: usize| format!("γραμμή {n}: ο κόμβος της kate τυπώνει στην οθόνη του alex, όχι στη δική της");
    (0..10).map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn printing_above_leaves_a_long_greek_buffer_and_its_cursor_alone() {
    let mut shell = ShellHarness::open(50, 60);
    shell.tell("iex 1");
    shell.sees("iex(alex@localhost)1> ");
    shell.pastes(&long_greek());
    shell.sees("γραμμή 9");
    // Into the middle: five lines up, ten characters to the left.
    shell.types(&"\x1b[A".repeat(5));
    shell.types(&"\x1b[D".repeat(10));
    for n in 0..8 {
        shell.tell(&format!("out kate kate printed-{n} στην kate"));
        shell.types("ψ");
        shell.sees(&format!("printed-{n}"));
    }
    shell.tell("out alex kate τελευταίο");
    shell.sees("τελευταίο");
    shell.settles();
    let screen = shell.screen();
    for n in 0..8 {
        assert_eq!(screen.matches(&format!("kate │ printed-{n} στην kate")).count(), 1, "{screen}");
    }
    assert_eq!(screen.matches("iex(alex@localhost)1>").count(), 1, "{screen}");
    assert_eq!(screen.matches("...(alex@localhost)1>").count(), 9, "{screen}");
    for n in 0..10 {
        assert_eq!(screen.matches(&format!("γραμμή {n}:")).count(), 1, "{screen}");
    }
    assert!(screen.find("printed-7") < screen.find("iex(alex@localhost)1>"), "{screen}");
    shell.types("\r");
    let line = shell.hears("Line");
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
    let mut shell = ShellHarness::open(16, 60);
    shell.tell("out kate kate printed before");
    shell.tell("iex 1");
    shell.sees("iex(alex@localhost)1> ");
    shell.pastes(&long_greek());
    shell.sees("γραμμή 9");
    for n in 0..4 {
        shell.tell(&format!("out kate kate printed-{n}"));
        shell.types("ψ");
        let line = format!("printed-{n}");
        shell.pty().wait_for("was it printed", |look| look.text_from(0).contains(&line));
        shell.settles();
    }
    let page = shell.pty().text_from(0);
    let printed: Vec<_> = page.lines().filter(|line| line.contains("printed-")).map(str::trim_end).collect();
    assert_eq!(printed, [0, 1, 2, 3].map(|n| format!("kate │ printed-{n}")), "{page}");
    assert!(page.contains("printed before"), "{page}");
    shell.types("\r");
    assert_eq!(shell.hears("Line"), format!("Line({:?})", long_greek() + "ψψψψ"));
}

#[test]
fn a_step_taller_than_the_screen_is_read_from_its_top() {
    let mut shell = ShellHarness::open(24, 80);
    shell.tell("tall 25");
    shell.tell("iex 1");
    shell.sees("More follows");
    shell.settles();
    let screen = shell.screen();
    assert!(screen.contains("Distribution › 1 Nodes") && screen.contains("paragraph 1."), "{screen}");
    assert!(!screen.contains("paragraph 25.") && !screen.contains("iex("), "{screen}");
    shell.types("\r");
    shell.sees("paragraph 15.");
    shell.sees("More follows");
    shell.types(" ");
    shell.sees("iex(alex@localhost)1> ");
    shell.types("x\r");
    shell.hears("Line(\"x\")");
    let page = shell.pty().text_from(0);
    assert!(!page.contains("More follows"), "{page}");
    for n in 1..=25 {
        assert_eq!(page.matches(&format!("paragraph {n}.")).count(), 1, "{page}");
    }
}

#[test]
fn what_is_typed_while_a_tall_step_is_read_is_not_lost() {
    let mut shell = ShellHarness::open(24, 80);
    for (tall, typed, line) in [("tall 60", "x = 1", "x = 1"), ("tall 61", "\x1b[200~y\r1\x1b[201~", "y\\n1")]
    {
        shell.tell(tall);
        shell.tell("iex 1");
        shell.sees("More follows");
        shell.types(typed);
        shell.sees(&format!("paragraph {}.", &tall[5..]));
        shell.sees("1> ");
        shell.settles();
        shell.types("\r");
        shell.hears(&format!("Line(\"{line}\")"));
    }
}

#[test]
fn a_tall_step_keeps_nobody_from_leaving() {
    let mut shell = ShellHarness::open(24, 80);
    shell.tell("tall 60");
    shell.sees("More follows");
    shell.tell("bye");
    shell.sees("Goodbye.");
    shell.hears("cooked: true");
}

#[test]
fn a_resize_is_told_and_what_follows_fits() {
    let mut shell = ShellHarness::open(30, 80);
    shell.hears("Resize { columns: 80, rows: 30 }");
    shell.tell("iex 1");
    shell.sees("iex(alex@localhost)1> ");
    shell.types("Κόμβος.list");
    shell.sees("Κόμβος.list");
    shell.resizes(24, 50);
    shell.hears("Resize { columns: 50, rows: 24 }");
    shell.tell("out alex kate Hi");
    shell.sees(&format!("Hi{}‹ from kate ›", " ".repeat(34)));
    shell.types("()\r");
    shell.hears("Line(\"Κόμβος.list()\")");
}

#[test]
fn a_new_prompt_keeps_what_is_typed() {
    let mut shell = ShellHarness::open(24, 80);
    shell.tell("busy");
    shell.types("Node.sel");
    shell.sees("alex ⋯ Node.sel");
    shell.tell("iex 1");
    shell.sees("iex(alex@localhost)1> Node.sel");
    shell.types("f()");
    shell.sees("Node.self()");
    shell.tell("iex 2");
    shell.sees("iex(alex@localhost)2> Node.self()");
    shell.settles();
    assert!(!shell.screen().contains("1> Node"), "{}", shell.screen());
    shell.types("\r");
    shell.hears("Line(\"Node.self()\")");
}

#[test]
fn unfinished_code_goes_on_below_as_iex_does() {
    let mut shell = ShellHarness::open(24, 80);
    shell.tell("iex 1");
    shell.sees("iex(alex@localhost)1> ");
    shell.types("fn ->\r");
    shell.hears("Validate(\"fn ->\")");
    shell.sees("...(alex@localhost)1> ");
    shell.types(":ok end\r");
    shell.hears("Line(\"fn ->\\n  :ok end\")");
}

#[test]
fn a_learner_who_is_stuck_is_noticed_once_and_can_break_off() {
    let mut shell = ShellHarness::open(24, 80);
    shell.tell("iex 1");
    shell.sees("iex(alex@localhost)1> ");
    shell.types("fn ->\r");
    shell.hears("Validate(\"fn ->\")");
    shell.types("\r");
    let heard = shell.hears_up_to("Unfinished");
    assert!(heard.contains(&"Validate(\"fn ->\\n  \")".to_owned()), "{heard:?}");
    shell.tell("say It is not finished.");
    shell.sees("It is not finished.");
    shell.types("\r");
    shell.hears("Validate(\"fn ->\\n\\n  \")");
    shell.types("#iex:break\r");
    shell.sees("The incomplete expression is dropped");
    shell.types("1\r");
    let heard = shell.hears_up_to("Line");
    assert_eq!(heard.last().map(String::as_str), Some("Line(\"1\")"), "{heard:?}");
    assert!(!heard.contains(&"Unfinished".to_owned()), "once a buffer: {heard:?}");
    shell.tell("iex 2");
    shell.sees("iex(alex@localhost)2> ");
    shell.types("fn ->\r\r");
    shell.hears("Unfinished");
}

#[test]
fn an_unnamed_iex_says_which_terminal_it_is() {
    let mut shell = ShellHarness::open(24, 80);
    shell.tell("nameless 3");
    shell.sees("alex iex(3)> ");
    shell.types("fn ->\r");
    shell.sees("     ...(3)> ");
    shell.types(":ok end");
    shell.sees("...(3)>   :ok end");
    shell.tell("out kate kate printed");
    shell.sees("kate │ printed");
    shell.settles();
    assert_eq!(shell.screen().matches("alex iex(3)> fn ->").count(), 1, "{}", shell.screen());
    shell.types("\r");
    shell.hears("Line(\"fn ->\\n  :ok end\")");
}

#[test]
fn a_question_that_is_left_leaves_no_mark() {
    let mut shell = ShellHarness::open(24, 80);
    shell.tell("question");
    shell.sees(" ?");
    shell.types("/back\r");
    shell.hears("Slash(/back)");
    shell.tell("step Another");
    shell.sees("Another");
    shell.types("x = 1");
    shell.sees("alex ⋯ x = 1");
    shell.settles();
    let screen = shell.screen();
    assert_eq!(screen.matches(" ?").count(), 1, "only where /back was typed: {screen}");
    shell.tell("iex 1");
    shell.sees("iex(alex@localhost)1> x = 1");
    shell.types("\r");
    shell.hears("Line(\"x = 1\")");
    shell.tell("question");
    shell.sees("?");
    shell.tell("iex 2");
    shell.sees("iex(alex@localhost)2>");
    shell.settles();
    assert_eq!(shell.screen().matches(" ?").count(), 1, "{}", shell.screen());
}

#[test]
fn at_the_dollar_a_misspelt_command_is_answered_here() {
    let mut shell = ShellHarness::open(24, 80);
    shell.tell("dollar");
    shell.sees("alex $ ");
    shell.types("/hnit\r");
    shell.sees("! there is no command /hnit");
    shell.sees("→ did you mean /hint?");
    shell.types("/bin\r");
    let heard = shell.hears_up_to("Line");
    assert_eq!(heard.last().map(String::as_str), Some("Line(\"/bin\")"), "{heard:?}");
}

/// On any layout; what means something to whoever reads is left to them.
#[test]
fn a_command_without_its_slash_is_answered_here() {
    let mut shell = ShellHarness::open(24, 80);
    shell.tell("iex 1");
    shell.sees("iex(alex@localhost)1> ");
    for (typed, meant) in [("hint", "hint"), ("ηελπ", "help"), (" quit ", "quit")] {
        shell.types(&format!("{typed}\r"));
        shell.sees(&format!("did you mean /{meant}?"));
    }
    shell.types("answer\r");
    let heard = shell.hears_up_to("Line");
    assert_eq!(heard.last().map(String::as_str), Some("Line(\"answer\")"), "{heard:?}");
    shell.tell("dollar");
    shell.sees("alex $ ");
    shell.types("next\r");
    shell.sees("did you mean /next?");
    shell.types("next door\r");
    let heard = shell.hears_up_to("Line");
    assert_eq!(heard.last().map(String::as_str), Some("Line(\"next door\")"), "{heard:?}");
}

#[test]
fn another_terminals_long_lines_wrap_beside_its_name() {
    let mut shell = ShellHarness::open(24, 40);
    shell.tell("iex 1");
    shell.sees("iex(alex@localhost)1> ");
    shell.types("αβγ");
    shell.sees("> αβγ");
    shell.tell("out kate kate 00:25:10.610 [error] Process #PID<0.2003.0> raised an exception");
    shell.sees("kate │ 00:25:10.610 [error] Process");
    shell.sees("kate │ #PID<0.2003.0> raised an");
    shell.sees("kate │ exception");
    shell.settles();
    assert_eq!(shell.screen().matches("kate │").count(), 3, "{}", shell.screen());
    assert_eq!(shell.screen().matches("1> αβγ").count(), 1, "{}", shell.screen());
}

#[test]
fn a_long_unfinished_line_keeps_the_prompt_in_its_place() {
    let mut shell = ShellHarness::open(24, 40);
    shell.tell("iex 1");
    shell.sees("iex(alex@localhost)1> ");
    shell.types("αβγ");
    shell.sees("> αβγ");
    let long = "seems to be in use by another Erlang node\t日本 ".repeat(3);
    shell.tell(&format!("part {long}\r"));
    shell.sees("日本");
    shell.tell("out alex alex \r");
    shell.tell("out alex alex end");
    shell.sees("end");
    shell.settles();
    let screen = shell.screen();
    assert_eq!(screen.matches("seems").count(), 3, "{screen}");
    assert_eq!(screen.matches("1> αβγ").count(), 1, "{screen}");
}

#[test]
fn what_moebi_types_and_what_follows_stand_apart() {
    let mut shell = ShellHarness::open(24, 80);
    shell.tell("typed iex --sname alex@localhost");
    shell.tell("typed Node.self()");
    shell.tell("iex 1");
    shell.sees("alex » Node.self()\n\niex(alex@localhost)1>");
    assert!(shell.screen().contains("alex » iex --sname alex@localhost\nalex » Node"), "{}", shell.screen());
}

#[test]
fn commands_abbreviated_misspelt_and_greek() {
    let mut shell = ShellHarness::open(24, 80);
    shell.tell("map");
    shell.tell("iex 1");
    shell.sees("iex(alex@localhost)1> ");
    shell.types("/hnt\r");
    shell.sees("! there is no command /hnt");
    shell.sees("→ did you mean /hint?");
    shell.types("/ηιντ\r");
    shell.hears("Slash(/hint)");
    shell.types("/ka");
    shell.sees("> /kate");
    shell.types("\t\r");
    shell.hears("Slash(/kate");
    shell.types("\r");
    shell.hears("Enter");
    shell.types("\x1b2");
    shell.hears("Focus");
}

#[test]
fn ctrl_c_clears_a_line_first_and_interrupts_then() {
    let mut shell = ShellHarness::open(24, 80);
    shell.tell("iex 1");
    shell.sees("iex(alex@localhost)1> ");
    shell.types("oops");
    shell.sees("1> oops");
    shell.types("\x03");
    shell.sees("oops^C");
    shell.types("x\r");
    let heard = shell.hears_up_to("Line(\"x\")");
    assert!(!heard.contains(&"Interrupt".to_owned()), "{heard:?}");
    shell.tell("iex 2");
    shell.sees("iex(alex@localhost)2> ");
    shell.types("\x03");
    shell.hears("Interrupt");
    shell.types("\x04");
    shell.hears("Quit");
}

#[test]
fn a_program_has_the_terminal_to_itself() {
    let mut shell = ShellHarness::open(24, 80);
    shell.tell("relay");
    shell.tell("bytes \x1b[5;10Hname? ");
    shell.sees("name? ");
    shell.types("κ\x1b[A");
    shell.hears("Bytes([206, 186, 27, 91, 65])");
    shell.tell("out kate kate held");
    shell.settles();
    assert!(!shell.screen().contains("held"), "{}", shell.screen());
    shell.tell("iex 1");
    shell.sees("kate │ held");
    shell.sees("iex(alex@localhost)1> ");
    shell.types("1\r");
    shell.hears("Line(\"1\")");
}

/// The line editor had them while nobody knew that a program was coming.
#[test]
fn a_program_gets_the_keys_that_were_there_before_it() {
    for (keys, shown, bytes) in [("ab", "ab", "ab"), ("\x1b[200~one\ntwo\x1b[201~", "two", "one\rtwo")] {
        let mut shell = ShellHarness::open(24, 80);
        shell.tell("busy");
        shell.sees("alex ⋯ ");
        shell.types(keys);
        shell.sees(shown);
        shell.tell("relay");
        shell.hears(&format!("Bytes({:?})", bytes.as_bytes()));
        shell.tell("bytes name? ");
        shell.sees("name? ");
        assert!(!shell.screen().contains(shown), "{}", shell.screen());
        shell.types("\r");
        shell.hears("Bytes([13])");
        shell.tell("iex 1");
        shell.sees("iex(alex@localhost)1> ");
        assert!(!shell.screen().contains(shown), "{}", shell.screen());
    }
}

#[test]
fn what_a_program_was_typed_and_left_goes_on_in_the_line_editor() {
    let mut shell = ShellHarness::open(24, 80);
    shell.tell("busy");
    shell.tell("begun ec");
    shell.tell("iex 1");
    shell.sees("1> ec");
    shell.types("x");
    shell.sees("1> ecx");
    shell.tell("begun ho\\nthen");
    shell.hears("Line(\"echo\")");
    shell.tell("iex 2");
    shell.sees("2> thenx");
    shell.types("\x7f\x7f\x7f\x7f");
    shell.types("!");
    shell.sees("2> t!");
    shell.tell("begun é");
    shell.sees("ét!");
    shell.types("\r");
    shell.hears("Line(\"ét!\")");
}

/// Somebody moved to a terminal in which a program runs: what would it do with half a line of Elixir?
#[test]
fn a_line_begun_at_a_node_is_not_for_a_program() {
    let mut shell = ShellHarness::open(24, 80);
    shell.tell("iex 1");
    shell.sees("iex(alex@localhost)1> ");
    shell.types("half");
    shell.sees("1> half");
    shell.tell("relay");
    shell.tell("bytes name? ");
    shell.sees("name? ");
    shell.types("k");
    let heard = shell.hears_up_to("Bytes([107])");
    assert_eq!(heard.iter().filter(|heard| heard.contains("Bytes")).count(), 1, "{heard:?}");
    shell.tell("iex 2");
    shell.sees("iex(alex@localhost)2> half");
    shell.types("\r");
    shell.hears("Line(\"half\")");
}

#[test]
fn a_flood_is_counted_and_the_prompt_lives_on() {
    let mut shell = ShellHarness::open(24, 80);
    shell.tell("iex 1");
    shell.sees("iex(alex@localhost)1> ");
    shell.types("still");
    shell.sees("1> still");
    shell.tell("flood 20000");
    shell.types(" here");
    shell.sees("> still here");
    shell.sees("kate prints very much");
    shell.sees("more from kate, not shown");
    shell.settles();
    assert_eq!(shell.screen().matches("still here").count(), 1, "{}", shell.screen());
    shell.types("\r");
    shell.hears("Line(\"still here\")");
}

#[test]
fn a_count_of_what_is_left_out_goes_up_in_its_place() {
    let mut shell = ShellHarness::open(24, 80);
    shell.tell("iex 1");
    shell.sees("iex(alex@localhost)1> ");
    for _ in 0..3 {
        shell.tell("left 500");
        shell.settles();
    }
    shell.sees("… 1500 bytes more from kate, not shown");
    assert_eq!(shell.screen().matches("more from kate").count(), 1, "{}", shell.screen());
    shell.tell("out alex alex printed");
    shell.sees("printed");
    shell.tell("left 20");
    shell.sees("printed\n… 20 bytes more from kate");
    assert_eq!(shell.screen().matches("more from kate").count(), 2, "{}", shell.screen());
}

#[test]
fn a_line_that_ends_later_is_one_line() {
    let mut shell = ShellHarness::open(24, 80);
    shell.tell("iex 1");
    shell.sees("iex(alex@localhost)1> ");
    shell.types("αβγ");
    shell.sees("> αβγ");
    shell.tell("part one ");
    shell.sees("one");
    shell.tell("part two ");
    shell.sees("one two");
    shell.tell("out alex alex three");
    shell.sees("one two three");
    shell.tell("work αναμονή");
    shell.sees("⋯ αναμονή");
    shell.tell("out alex alex four");
    shell.sees("four");
    shell.settles();
    let screen = shell.screen();
    assert!(!screen.contains("αναμονή"), "{screen}");
    assert_eq!(screen.matches("one").count(), 1, "{screen}");
    assert_eq!(screen.matches("1> αβγ").count(), 1, "{screen}");
}

#[test]
fn the_terminal_is_given_back() {
    for end in ["bye", "drop", "panic"] {
        let mut shell = ShellHarness::open(24, 80);
        shell.tell("iex 1");
        shell.sees("iex(alex@localhost)1> ");
        shell.tell(end);
        shell.hears("cooked: true");
        shell.is_sober();
    }
}

#[test]
fn tab_asks_the_node_and_shows_what_it_says() {
    for (columns, colour) in [(60, true), (80, false), (200, true)] {
        let variables: &[_] = if colour { &[] } else { &[("NO_COLOR", "1")] };
        let mut shell = ShellHarness::open_with(24, columns, variables);
        shell.tell("iex 1");
        shell.sees("iex(alex@localhost)1> ");
        shell.types("Node.sp\t");
        shell.hears("Complete(\"Node.sp\")");
        shell.sees("spawn_link/2 /4");
        shell.sees("Returns the PID");
        let prompt = "iex(alex@localhost)1> Node.spawn";
        shell.sees(prompt);
        assert!(!shell.screen().contains("SPAWN"), "{}", shell.screen());
        shell.tell("out kate kate printed");
        if !colour {
            shell.types("\t");
            shell.sees(">spawn_link/2");
        }
        shell.settles();
        assert!(!shell.screen().contains("printed"), "it waits for the choice: {}", shell.screen());
        shell.types("\r");
        shell.sees("kate │ printed");
        let chosen = if colour { "Node.spawn" } else { "Node.spawn_link" };
        shell.sees(&format!("1> {chosen}"));
        shell.settles();
        assert!(!shell.screen().contains("spawn_link/2"), "the menu is gone: {}", shell.screen());
        shell.types("()\r");
        shell.hears(&format!("Line(\"{chosen}()\")"));
    }
}

#[test]
fn completion_never_blocks_typing() {
    let mut shell = ShellHarness::open(24, 80);
    shell.tell("iex 1");
    shell.sees("iex(alex@localhost)1> ");
    shell.types("slow\t");
    shell.hears("Complete(\"slow\")");
    shell.types("ly()\r");
    shell.hears("Line(\"slowly()\")");
    shell.tell("iex 2");
    shell.sees("iex(alex@localhost)2> ");
    shell.types("Node.sel");
    shell.completes("2> Node.self");
    shell.types("()\r");
    shell.hears("Line(\"Node.self()\")");
    shell.tell("iex 3");
    shell.sees("iex(alex@localhost)3> ");
    shell.types("Map.put(");
    shell.completes("put(map, key, value)");
    shell.types("%{}, 1, 2)\r");
    shell.hears("Line(\"Map.put(%{}, 1, 2)\")");
}

#[test]
fn at_the_dollar_tab_knows_flags_and_names() {
    let mut shell = ShellHarness::open(24, 80);
    shell.tell("map");
    shell.tell("dollar");
    shell.sees("alex $ ");
    shell.types("iex --sn\t");
    shell.sees("iex --sname ");
    shell.types("al\t\r");
    shell.hears("Line(\"iex --sname alex@localhost\")");
}

#[test]
fn code_is_indented_as_it_is_typed() {
    let mut shell = ShellHarness::open(24, 80);
    shell.tell("iex 1");
    shell.sees("iex(alex@localhost)1> ");
    shell.types("spawn(fn ->\r");
    shell.sees("...(alex@localhost)1>");
    shell.types("[1,");
    shell.sees("1>   [1,");
    shell.types("\x1b\r");
    shell.types("2");
    shell.sees("1>     2");
    shell.types("\x1b\r");
    shell.types("]");
    shell.sees("1>   ]");
    shell.types("\r");
    shell.types("e");
    shell.sees("1>   e");
    for key in ["n", "d"] {
        shell.types(key);
        shell.settles();
    }
    shell.sees("1> end");
    shell.types(")\r");
    shell.hears("Line(\"spawn(fn ->\\n  [1,\\n    2\\n  ]\\nend)\")");
}

#[test]
fn what_is_pasted_keeps_its_shape_and_is_entered_when_whole() {
    let mut shell = ShellHarness::open(24, 80);
    shell.tell("iex 1");
    shell.sees("iex(alex@localhost)1> ");
    shell.pastes("spawn(fn ->\n      :odd\n end)\n");
    shell.hears("Line(\"spawn(fn ->\\n      :odd\\n end)\")");
    shell.tell("iex 2");
    shell.sees("iex(alex@localhost)2> ");
    shell.pastes("spawn(fn ->\n   :odd\n");
    shell.sees("2>    :odd");
    shell.types("x end)\r");
    shell.hears("Line(\"spawn(fn ->\\n   :odd\\n   x end)\")");
}

#[test]
fn history_is_kept_apart_hinted_at_and_without_repetition() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("history").to_string_lossy().into_owned();
    let history = [("FAKE_HISTORY", path.as_str())];
    let mut shell = ShellHarness::open_with(24, 80, &history);
    shell.tell("iex 1");
    shell.sees("iex(alex@localhost)1> ");
    for line in ["Node.self()", "x = 1", "Node.self()", "fn ->\r:ok end"] {
        shell.types(&format!("{line}\r"));
        shell.hears("Line");
        shell.tell("iex 1");
        shell.settles();
    }
    shell.tell("dollar");
    shell.sees("alex $ ");
    shell.types("mix test\r");
    shell.hears("Line");
    shell.tell("bye");
    shell.hears("cooked");
    let mut shell = ShellHarness::open_with(24, 80, &history);
    shell.tell("iex 1");
    shell.sees("iex(alex@localhost)1> ");
    shell.types("\x1b[A");
    shell.sees(":ok end");
    for _ in ["to its first line", "above it"] {
        shell.settles();
        shell.types("\x1b[A");
    }
    shell.sees("1> Node.self()");
    shell.types("\x1b[A");
    shell.sees("1> x = 1");
    shell.types("\x1b[A");
    shell.settles();
    assert!(shell.screen().contains("1> x = 1"), "{}", shell.screen());
    shell.types("\x15Nod");
    shell.sees("1> Node.self()");
    shell.types("\x1b[C\r");
    shell.hears("Line(\"Node.self()\")");
    shell.tell("dollar");
    shell.sees("alex $ ");
    shell.types("\x1b[A\r");
    shell.hears("Line(\"mix test\")");
}

#[test]
fn an_answer_to_a_question_is_in_no_history() {
    let mut shell = ShellHarness::open(24, 80);
    shell.tell("iex 1");
    shell.sees("iex(alex@localhost)1> ");
    shell.types("x = 1\r");
    shell.hears("Line(\"x = 1\")");
    shell.tell("question");
    shell.sees(" ? ");
    shell.types("\x1b[A");
    shell.types("2\r");
    shell.hears("Choose(\"2\")");
    shell.tell("iex 2");
    shell.sees("iex(alex@localhost)2> ");
    shell.types("\x1b[A");
    shell.sees("iex(alex@localhost)2> x = 1");
    shell.types("\r");
    shell.hears("Line(\"x = 1\")");
}

#[test]
fn up_goes_through_a_recalled_block_before_it_leaves_it() {
    let mut shell = ShellHarness::open(24, 80);
    for (n, line) in [(1, "before"), (2, "spawn(fn ->\n  :ok\nend)")] {
        shell.tell(&format!("iex {n}"));
        shell.sees(&format!("iex(alex@localhost){n}> "));
        shell.pastes(line);
        shell.types("\r");
        shell.hears("Line");
    }
    shell.tell("iex 3");
    shell.sees("iex(alex@localhost)3> ");
    let mut up = |what: &str| {
        shell.types("\x1b[A");
        shell.settles();
        shell.pty().wait_for(what, |look| look.before_cursor().ends_with(what));
    };
    up("3> end)");
    up("3>   :o");
    up("3> spaw");
    up("3> before");
    shell.types("\x1b[B");
    shell.sees("3> end)");
    for keys in ["\x1b[A", "\x1b[A", "\x1b[H", "x = ", "\x1b[B", "\x1b[A", "\r"] {
        shell.settles();
        shell.types(keys);
    }
    shell.hears("Line(\"x = spawn(fn ->\\n  :ok\\nend)\")");
}

#[test]
fn without_colour_a_hint_stands_in_marks() {
    let mut shell = ShellHarness::open_with(24, 80, &[("NO_COLOR", "1")]);
    shell.tell("iex 1");
    shell.sees("iex(alex@localhost)1> ");
    shell.types("/hi");
    shell.sees("1> /hi‹nt›");
    shell.types("\x05");
    shell.settles();
    assert!(shell.screen().trim_end().ends_with("1> /hint"), "{}", shell.screen());
    shell.types("\r");
    shell.hears("Slash(/hint)");
}

#[test]
fn vi_says_which_mode_it_is_in() {
    let mut shell = ShellHarness::open_with(24, 80, &[("FAKE_VI", "1")]);
    shell.tell("iex 1");
    shell.sees("iex(alex@localhost)1> [i] ");
    shell.types("N");
    shell.sees("[i] N");
    shell.types("o");
    shell.sees("[i] No");
    shell.types("d");
    shell.sees("[i] Nod");
    shell.types("e.lists()");
    shell.sees("[i] Node.lists()");
    shell.types("\x1b");
    shell.sees("iex(alex@localhost)1> [n] Node.lists()");
    shell.tell("out kate kate printed");
    shell.sees("kate │ printed");
    shell.sees("iex(alex@localhost)1> [n] Node.lists()");
    shell.types("hhx");
    shell.sees("[n] Node.list()");
    shell.types("\r");
    shell.hears("Line(\"Node.list()\")");
    shell.tell("iex 2");
    shell.sees("iex(alex@localhost)2> [i] ");
}

#[test]
fn a_prefix_leads_out_of_a_program_that_has_the_keys() {
    let mut shell = ShellHarness::open(24, 80);
    shell.tell("map");
    shell.tell("relay");
    shell.tell("bytes name? ");
    shell.sees("name? ");
    shell.types("\x1d\x1d");
    shell.hears("Bytes([29])");
    shell.types("\x1d2");
    let heard = shell.hears("Focus");
    assert!(heard.contains("kate"), "{heard}");
}

#[test]
fn keys_move_to_the_terminal_beside() {
    let mut shell = ShellHarness::open(24, 80);
    shell.tell("map");
    shell.tell("iex 1");
    shell.sees("iex(alex@localhost)1> ");
    shell.types("\x1b[1;3B");
    assert!(shell.hears("Focus").contains("kate"));
    shell.types("\x1bOQ");
    assert!(shell.hears("Focus").contains("kate"));
}
