use proptest::prelude::*;

use super::*;
use crate::grade::pages::sample;

/// The page without its style and script: what was made of the results.
fn body(page: &str) -> String {
    page.replace(html::REPORT, "").replace(SCRIPT, "")
}

#[test]
fn all_there_is_to_read_is_in_the_document() {
    let page = html(&sample::small());
    let texts = [
        "Distribution in OTP",
        "Άννα, Bob",
        "zed.yaml:1:1: no YAML",
        "no memory",
        "<code>Hi</code> in alex",
        "nothing like it",
        "<strong>once</strong>",
        "IO.puts(&quot;Hi&quot;)",
        "kate@localhost",
        "the model answer was shown",
        "otp_anna.yaml",
        "it names Bob, of whom nothing came",
        "omar.docx",
        "Zoe",
        ".DS_Store",
    ];
    for text in texts {
        assert!(body(&page).contains(text), "{text}");
    }
}

#[test]
fn each_language_has_its_page() {
    let greek = Results { lang: "el".to_owned(), ..sample::small() };
    let page = html(&greek);
    assert!(page.contains("<html lang=\"el\">") && page.contains("Τα πιο δύσκολα βήματα"));
}

#[test]
fn without_isolation_it_says_so() {
    assert!(!html(&sample::small()).contains("class=\"notice\""));
    let open = Results { isolation: Isolation::None, ..sample::small() };
    assert!(html(&open).contains("class=\"notice\""));
}

#[test]
fn style_and_script_end_where_they_end() {
    assert!(!html::REPORT.contains("</") && !SCRIPT.contains("</") && !SCRIPT.contains("<!--"));
    assert!(
        !html::REPORT.contains('\r') && !SCRIPT.contains('\r'),
        "a browser hashes what it reads, without them"
    );
}

#[test]
fn a_page_stays_small_whatever_happened_on_the_terminals() {
    use crate::check::outcome::{MomentKind, StepOutcome};
    let mut class = sample::small();
    let one = class.submissions.remove(0);
    let mut size = |submissions: usize, moments: usize, lines: usize| {
        let moment = sample::moment(0, "alex", MomentKind::Printed, &"<output>\n".repeat(lines));
        let failed = sample::step("spawn-link", "remote-hello", Verdict::Failed, 1.0);
        let steps = vec![StepOutcome { timeline: vec![moment; moments], ..failed }];
        class.submissions = vec![Submission { steps, ..one.clone() }; submissions];
        html(&class).len()
    };
    let alone = size(1, 100, 2000);
    assert!(alone < 150_000, "{alone}");
    let many = size(1500, 40, 20);
    assert!(many < 24_000_000, "{many}");
}

/// How many tags begin a script or an image, have an event's handler, or point anywhere but into the page.
fn acting(page: &str) -> usize {
    let acts = |tag: &&str| {
        // What stands in quotes is a value.
        let names: String = tag.split('"').step_by(2).collect();
        let outward =
            tag.contains("href=\"") && !tag.contains("href=\"#") && !tag.contains("href=\"data:,\"");
        names.starts_with("script") || names.starts_with("img") || names.contains(" on") || outward
    };
    page.split('<').skip(1).filter_map(|tag| tag.split('>').next()).filter(acts).count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn nothing_a_student_wrote_is_markup(name in sample::NASTY, text in sample::NASTY) {
        let plain = html(&sample::class_with("name", "text"));
        let page = html(&sample::class_with(&name, &text));
        let acts = |c: char| (c != '\n' && c.is_control()) || ('\u{202a}'..='\u{202e}').contains(&c);
        prop_assert_eq!(body(&page).chars().find(|&c| acts(c)), None);
        prop_assert_eq!(acting(&body(&page)), acting(&body(&plain)));
    }
}
