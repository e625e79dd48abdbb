use proptest::prelude::*;
use quick_xml::{Reader, events::Event};

use super::*;
use crate::check::outcome::{Moment, MomentKind};

fn step(id: &str, verdict: Verdict) -> StepOutcome {
    StepOutcome {
        section: "spawn-link".to_owned(),
        step: id.to_owned(),
        verdict,
        points: 0.0,
        of: 1.0,
        share: Some(0.0),
        expected: None,
        seen: None,
        hint: None,
        is_why: false,
        mistake: None,
        conditions: Vec::new(),
        record: None,
        after: None,
        timeline: Vec::new(),
        seconds: 0.5,
    }
}

#[test]
fn a_suite_a_submission_and_a_case_a_step() {
    let typed = Moment {
        at: 20,
        terminal: Some("alex".to_owned()),
        kind: MomentKind::Typed,
        text: "iex> hi()".to_owned(),
        by: None,
    };
    let failed = StepOutcome {
        expected: Some("`hi` in alex".to_owned()),
        seen: Some("nothing like it".to_owned()),
        hint: Some("Type it.".to_owned()),
        timeline: vec![typed],
        ..step("hello", Verdict::Failed)
    };
    let skipped =
        StepOutcome { seen: Some("step hello did not pass".to_owned()), ..step("after", Verdict::Skipped) };
    let steps = [step("first", Verdict::Passed), failed, skipped, step("broken", Verdict::CouldNotRun)];
    let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="otp-distribution" tests="4" skipped="1" failures="1" errors="1">
    <testsuite name="anna" tests="4" skipped="1" errors="1" failures="1" time="2.000">
        <testcase name="first" classname="anna.spawn-link" time="0.500"/>
        <testcase name="hello" classname="anna.spawn-link" time="0.500">
            <failure message="`hi` in alex" type="failed">expected  `hi` in alex
seen      nothing like it
try       Type it.

   0.02 alex   iex&gt; hi()</failure>
        </testcase>
        <testcase name="after" classname="anna.spawn-link" time="0.500">
            <skipped message="step hello did not pass"/>
        </testcase>
        <testcase name="broken" classname="anna.spawn-link" time="0.500">
            <error message="could not run" type="could_not_run"/>
        </testcase>
    </testsuite>
</testsuites>
"#;
    assert_eq!(junit("otp-distribution", "anna", &steps, Lang::En), expected);
}

/// Every attribute's value and every text, unescaped; panics where it is no XML.
fn texts(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let mut texts = Vec::new();
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(tag) | Event::Empty(tag) => {
                for attribute in tag.attributes() {
                    let attribute = attribute.expect("an attribute");
                    let value = attribute.normalized_value(quick_xml::XmlVersion::Explicit1_0);
                    texts.push(value.expect("known entities").into_owned());
                }
            }
            Event::Eof => return texts,
            Event::Text(text) => texts.push(text.decode().expect("UTF-8").into_owned()),
            Event::GeneralRef(name) => {
                let name = name.decode().expect("UTF-8").into_owned();
                assert!(["lt", "gt", "amp", "quot", "apos"].contains(&name.as_str()), "{name}");
            }
            Event::Decl(_) | Event::End(_) => {}
            Event::CData(_) | Event::Comment(_) | Event::PI(_) | Event::DocType(_) => {
                panic!("not ours: {xml}")
            }
        }
    }
}

fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

const NASTY: &str = r#"(\]\]>|<!\[CDATA\[|<failure>|&amp;|"|\[\[ATTACHMENT\|/etc/passwd\]\]|\x00|\x1b\[2J|\x{202e}|\x{ffff}|\n|\PC|.){0,12}"#;

proptest! {
    #[test]
    fn nothing_breaks_out_of_it(name in NASTY, seen in NASTY, typed in NASTY, verdict in 0..5_usize) {
        let verdict = [Verdict::Passed, Verdict::Failed, Verdict::TimedOut, Verdict::Skipped, Verdict::Unanswered, Verdict::CouldNotRun][verdict];
        let moment = Moment { at: 0, terminal: Some(name.clone()), kind: MomentKind::Printed, text: typed, by: Some(seen.clone()) };
        let step = StepOutcome { seen: Some(seen), timeline: vec![moment], ..step(&name, verdict) };
        let xml = junit(&name, &name, &[step], Lang::El);
        prop_assert!(xml.chars().all(is_xml), "{xml:?}");
        prop_assert!(!xml.contains("system-out"));
        let texts = texts(&xml);
        prop_assert_eq!(xml.matches("<testcase ").count(), 1);
        prop_assert!(texts.iter().any(|text| text.contains(clean(&name).trim())), "{:?}", texts);
    }
}
