//! `report.html` in a real browser: by mouse and by keyboard, on a phone, in print, without JavaScript, in the dark, and
//! when a submission means harm. Needs a Chromium; `CHROMIUM` says where one is that is not called so.
//!
//! `KEEP=DIR` leaves the pages in DIR, to be looked at.

pub mod chromium;
mod class;
mod picture;

use std::{env, fs, path::Path};

use chromium::{Chromium, DESKTOP, PHONE, View};
use moebi::{
    grade::{pages, results::Results},
    lesson::Lang,
};

fn report(lang: Lang) -> String {
    kept(&format!("report-{lang}.html"), pages::report::html(&class::class(30, lang)))
}

fn kept(name: &str, page: String) -> String {
    if let Some(folder) = env::var_os("KEEP") {
        fs::write(Path::new(&folder).join(name), &page).expect("the page is kept");
    }
    page
}

const SHOWN_NAMES: &str = "JSON.stringify([...document.querySelectorAll('#grid tbody tr:not([hidden]) .who')].map(it => it.textContent))";

fn shown_names(page: &mut Chromium) -> Vec<String> {
    serde_json::from_str(&page.text(SHOWN_NAMES)).expect("names")
}

/// Where the focus is, in words.
const FOCUSED: &str = "(() => { const cell = document.activeElement.closest('th, td');
    return cell ? cell.parentElement.rowIndex + ':' + cell.cellIndex : document.activeElement.id || document.activeElement.tagName; })()";

#[test]
fn a_click_on_a_head_sorts() {
    let mut page = Chromium::showing(&report(Lang::En), DESKTOP);
    let sorted = "JSON.stringify([...document.querySelectorAll('#grid .steps th')].map(it => it.getAttribute('aria-sort')).filter(it => it !== 'none'))";
    assert_eq!(page.text(sorted), "[]");
    page.click("#grid th[data-sort=name]");
    let names = shown_names(&mut page);
    assert_eq!(names.len(), 30);
    assert_eq!(names[..3], ["Ada Okafor", "Ben Adeyemi", "Chloé Martin"], "{names:?}");
    assert_eq!(page.text(sorted), r#"["ascending"]"#);
    page.click("#grid th[data-sort=points]");
    page.click("#grid th[data-sort=points]");
    assert_eq!(page.text(sorted), r#"["descending"]"#);
    let points = page.text("JSON.stringify([...document.querySelectorAll('#grid tbody tr')].map(it => it.dataset.points ?? '-1'))");
    let points: Vec<String> = serde_json::from_str(&points).expect("numbers");
    let points: Vec<f64> = points.iter().map(|points| points.parse().expect("a number")).collect();
    assert!(points.is_sorted_by(|one, next| one >= next) && points[0] > points[29], "{points:?}");
    assert!(page.text("document.querySelector('#told').textContent").contains("Points, descending"));
    page.click("#grid th[title^='2.3 ']");
    let first = page.text("document.querySelector('#grid tbody tr').cells[[...document.querySelectorAll('#grid .steps th')].findIndex(it => it.title.startsWith('2.3 '))].textContent");
    assert!(first.contains("failed"), "those who fell short come first: {first}");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn a_name_a_verdict_or_a_section_filters() {
    let mut page = Chromium::showing(&report(Lang::El), DESKTOP);
    page.eval("document.querySelector('#by-name').focus()");
    page.types("αννα");
    assert_eq!(
        shown_names(&mut page),
        ["Ιωάννα Αντωνίου", "Άννα Οικονόμου"],
        "accents and case make no difference"
    );
    assert_eq!(page.text("document.querySelector('#shown').textContent"), "φαίνονται 2 από 30");
    assert_eq!(page.eval("document.querySelectorAll('.student:not([hidden])').length"), 2);
    page.click("#clear");
    assert_eq!(shown_names(&mut page).len(), 30);
    let choose = |page: &mut Chromium, select: &str, value: &str| {
        page.eval(&format!(
            "(() => {{ const it = document.querySelector('{select}'); it.value = '{value}';
            it.dispatchEvent(new Event('input', {{ bubbles: true }})); }})()"
        ));
    };
    choose(&mut page, "#by-verdict", "u");
    assert_eq!(shown_names(&mut page), ["Ιωάννα Αντωνίου"]);
    choose(&mut page, "#by-verdict", "t");
    let late = shown_names(&mut page);
    assert!(!late.is_empty() && late.len() < 30, "{late:?}");
    choose(&mut page, "#by-section", "2");
    assert!(shown_names(&mut page).iter().all(|name| late.contains(name)));
    let heads = "[...document.querySelectorAll('#grid .steps th:not([hidden]) b')].every(it => it.textContent.startsWith('3.'))";
    assert_eq!(page.eval(heads), true);
    page.eval("document.querySelector('#by-name').focus()");
    page.types("nobody at all");
    assert_eq!(page.eval("document.querySelector('.none').hidden"), false);
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn a_students_page_reads_everywhere() {
    for lang in Lang::ALL {
        let class = class::class(3, lang);
        let names: Vec<_> = class.submissions.iter().map(|one| one.name.as_str()).collect();
        let mut pages = pages::feedback::files(&class, &names).into_iter();
        let (_, html) = pages.find(|(_, page)| page.contains("<details")).expect("a page");
        let html = kept(&format!("feedback-{lang}.html"), html);
        for view in [DESKTOP, PHONE, View { is_dark: true, ..DESKTOP }] {
            let mut page = Chromium::showing(&html, view);
            page.click("details summary");
            assert_eq!(page.eval("document.querySelector('details').open"), true);
            assert_eq!(page.eval("document.documentElement.scrollWidth <= innerWidth"), true, "{lang}");
            assert_eq!(page.complaints(), [""; 0]);
        }
    }
}

#[test]
fn a_cell_opens_its_story_and_escape_leads_back() {
    let mut page = Chromium::showing(&report(Lang::En), DESKTOP);
    page.click("#grid tbody td.f a");
    assert_eq!(page.eval("document.querySelector('dialog').open"), true);
    let story = page.text("document.querySelector('dialog').innerText");
    for text in [
        "expected",
        "seen",
        "What to try",
        "printed by a process on kate",
        "‹ kate@localhost ›",
        "spawn_link",
        "failed",
    ] {
        assert!(story.to_lowercase().contains(&text.to_lowercase()), "{text} in {story}");
    }
    page.key("Tab");
    assert_eq!(page.eval("document.querySelector('dialog').contains(document.activeElement)"), true);
    let title = page.text("document.querySelector('#story-title').textContent");
    page.key("ArrowRight");
    assert_ne!(page.text("document.querySelector('#story-title').textContent"), title, "the next step");
    page.key("ArrowLeft");
    page.key("Escape");
    assert_eq!(page.eval("document.querySelector('dialog').open"), false);
    assert_eq!(page.eval("document.activeElement === document.querySelector('#grid tbody td.f a')"), true);
    page.click("#grid tbody td.p");
    assert!(page.text("document.querySelector('dialog').innerText").contains("This step passed"));
    page.click("#story-close");
    assert_eq!(page.eval("document.querySelector('dialog').open"), false);
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn keys_do_all_that_a_mouse_does() {
    let mut page = Chromium::showing(&report(Lang::En), DESKTOP);
    let mut stops = Vec::new();
    for _ in 0..7 {
        page.key("Tab");
        stops.push(page.text(FOCUSED));
    }
    assert_eq!(
        stops,
        ["A", "by-name", "by-verdict", "by-section", "clear", "1:0", "SUMMARY"],
        "the table is one stop"
    );
    assert_eq!(
        page.eval("(() => { document.querySelector('#grid th').focus(); })()"),
        serde_json::Value::Null
    );
    page.eval("document.querySelector('#grid [tabindex=\"0\"]').focus()");
    page.key("Enter");
    assert_eq!(
        page.text("document.querySelector('#grid th[data-sort=name]').getAttribute('aria-sort')"),
        "ascending"
    );
    page.key("ArrowDown");
    page.key("ArrowRight");
    page.key("ArrowRight");
    assert_eq!(page.text(FOCUSED), "2:2");
    let outline = "getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).outlineWidth";
    assert_eq!(page.text(outline), "solid2px", "the focus is seen");
    page.key("End");
    let steps: usize =
        crate::support::lesson::lesson().sections.iter().map(|section| section.steps.len()).sum();
    assert_eq!(page.text(FOCUSED), format!("2:{}", steps + 1));
    page.key("Home");
    assert_eq!(page.text(FOCUSED), "2:0");
    page.eval("(() => { for (const it of [...document.querySelectorAll('#grid td.f a')].slice(0, 1)) it.focus(); })()");
    page.key("Enter");
    assert_eq!(page.eval("document.querySelector('dialog').open"), true);
    page.key("Escape");
    assert_eq!(page.eval("document.activeElement === document.querySelector('#grid td.f a')"), true);
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn nothing_is_wider_than_a_phone() {
    for lang in Lang::ALL {
        let mut page = Chromium::showing(&report(lang), PHONE);
        let width = "document.documentElement.scrollWidth";
        assert_eq!(page.eval(width), 360);
        page.eval("(() => { for (const it of document.querySelectorAll('details')) it.open = true; })()");
        assert_eq!(page.eval(width), 360, "with every story open");
        let sticky = "(() => { const box = document.querySelector('.scroll'); box.scrollLeft = 600; box.scrollTop = 300;
            const at = it => it.getBoundingClientRect(); const head = document.querySelector('#grid .steps .who');
            return box.scrollLeft > 500 && Math.abs(at(document.querySelector('#grid tbody .who')).left - at(box).left) < 1
                && Math.abs(at(head.parentElement.parentElement).top - at(box).top) < 2; })()";
        assert_eq!(page.eval(sticky), true, "names and heads stay where they are");
        page.click("#grid tbody td.f a");
        assert_eq!(page.eval("document.querySelector('dialog').open"), true);
        let fits = "(() => { const box = document.querySelector('dialog').getBoundingClientRect(), body = document.querySelector('#story-body');
            return box.left >= 0 && box.right <= 360 && box.bottom <= 740 && body.scrollWidth <= body.clientWidth; })()";
        assert_eq!(page.eval(fits), true);
        assert_eq!(page.complaints(), [""; 0]);
    }
}

/// What every text of a page must have against its background, for eyes that are not the best.
const FAINT: &str = "(() => {
    const parts = color => { const c = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
        c.fillStyle = color; c.fillRect(0, 0, 1, 1); return [...c.getImageData(0, 0, 1, 1).data]; };
    const cache = new Map(), rgba = color => cache.get(color) ?? (cache.set(color, parts(color)), cache.get(color));
    const light = ([r, g, b]) => { const [x, y, z] = [r, g, b].map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
        return .2126 * x + .7152 * y + .0722 * z; };
    const background = it => { for (; it; it = it.parentElement) { const c = rgba(getComputedStyle(it).backgroundColor); if (c[3] === 255) return c; } return [255, 255, 255]; };
    const faint = new Set();
    for (const details of document.querySelectorAll('details')) details.open = true;
    for (const it of document.body.querySelectorAll('*')) {
        if (it.closest('script, svg, .vh, [hidden], dialog') || ![...it.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
        const [a, b] = [light(rgba(getComputedStyle(it).color)), light(background(it))].sort((x, y) => y - x);
        const ratio = (a + .05) / (b + .05);
        if (ratio < 4.5) faint.add(it.tagName + '.' + it.className + ' in ' + it.parentElement.className + ' ' + ratio.toFixed(2));
    }
    return JSON.stringify([...faint]); })()";

#[test]
fn all_is_readable_in_the_light_and_in_the_dark() {
    for is_dark in [false, true] {
        let mut page = Chromium::showing(&report(Lang::En), View { is_dark, ..DESKTOP });
        let is_bright = "parseInt(getComputedStyle(document.body).backgroundColor.slice(4)) > 128";
        assert_eq!(page.eval(is_bright), !is_dark);
        assert_eq!(page.text(FAINT), "[]", "dark: {is_dark}");
        assert_eq!(page.complaints(), [""; 0]);
    }
}

#[test]
fn print_has_no_controls_and_is_short() {
    for with_script in [true, false] {
        let class = pages::report::html(&class::class(6, Lang::El));
        let mut page = Chromium::showing(&class, View { with_script, ..DESKTOP });
        page.eval("document.querySelector('.story[data-verdict=f]').open = true");
        page.media("print", true);
        assert_eq!(page.text("getComputedStyle(document.querySelector('#filters')).display"), "none");
        assert_eq!(
            page.text("getComputedStyle(document.body).backgroundColor"),
            "rgb(255, 255, 255)",
            "whatever the screen is"
        );
        let told =
            "[...document.querySelectorAll('.beside')].every(it => it.getBoundingClientRect().height > 8)";
        assert_eq!(page.eval(told), true, "what was expected and seen is on paper, open or not");
        let timelines = "[...document.querySelectorAll('.timeline')].filter(it => it.getBoundingClientRect().height > 8).length";
        assert_eq!(page.eval(timelines), 1, "a timeline is, where the reader opened it");
        // A4 across, without its margins, in CSS pixels.
        page.call(
            "Emulation.setDeviceMetricsOverride",
            serde_json::json!({ "width": 1039, "height": 700, "deviceScaleFactor": 1, "mobile": false }),
        );
        assert_eq!(page.eval("document.querySelector('#grid').getBoundingClientRect().right <= 1039"), true);
        let pdf = page.print();
        assert!(pdf.starts_with(b"%PDF") && pdf.len() > 20_000, "{}", pdf.len());
        assert_eq!(page.complaints(), [""; 0]);
    }
}

#[test]
fn all_is_there_without_a_script() {
    let class = class::class(30, Lang::En);
    let mut page = Chromium::showing(&report(Lang::En), View { with_script: false, ..DESKTOP });
    assert_eq!(page.eval("document.querySelector('#filters').hidden"), true, "no control that does nothing");
    let text = page.text("document.body.textContent");
    for submission in &class.submissions {
        assert!(text.contains(&submission.called()));
        for step in &submission.steps {
            for moment in &step.timeline {
                assert!(text.contains(&moment.text), "{}", moment.text);
            }
        }
    }
    let story = "document.querySelector(document.querySelector('#grid td.f a').getAttribute('href')).closest('details').open";
    assert_eq!(page.eval(story), false);
    page.click("#grid td.f a");
    assert_eq!(page.eval(story), true, "a cell's link opens its story");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn what_a_submission_wrote_does_nothing_and_is_shown() {
    let evil = "</script><script>window.ran=1</script><img src=x onerror=\"window.ran=1\">'\"`&lt;\u{202e}gnp.exe\u{2066}\0\u{1b}[2J=cmd()]]>{{7*7}}";
    let name = "<b onmouseover=\"window.ran=1\">javascript:window.ran=1//";
    let mut class = class::class(2, Lang::En);
    spoil(&mut class, name, evil);
    let html = kept("hostile.html", pages::report::html(&class));
    for view in [DESKTOP, PHONE, View { with_script: false, ..DESKTOP }] {
        let mut page = Chromium::showing(&html, view);
        assert_eq!(page.text("document.querySelector('#grid tbody .who').textContent"), name);
        let text = page.text("document.body.textContent");
        assert!(text.contains("</script><script>window.ran=1</script><img src=x onerror=\"window.ran=1\">'\"`&lt;�gnp.exe�␀=cmd()]]>{{7*7}}"), "{text}");
        page.click("#grid tbody .who a");
        page.click("#grid tbody td.f a");
        if view.with_script {
            let story = page.text("document.querySelector('dialog').innerText");
            assert!(story.contains("<img src=x onerror"), "{story}");
            page.key("Escape");
            page.click("#grid th[data-sort=name]");
        }
        assert_eq!(page.eval("window.ran === undefined && !document.querySelector('main img, main script, main b[onmouseover]')"), true);
        assert_eq!(
            page.eval("[...document.links].every(it => it.getAttribute('href').startsWith('#'))"),
            true
        );
        assert_eq!(page.complaints(), [""; 0]);
    }
    let names: Vec<_> = class.submissions.iter().map(|one| one.name.as_str()).collect();
    for (_, html) in
        pages::feedback::files(&class, &names).into_iter().filter(|(file, _)| file.ends_with(".html"))
    {
        let mut page = Chromium::showing(&html, DESKTOP);
        assert_eq!(page.text("document.querySelector('.whose bdi').textContent"), name);
        assert_eq!(
            page.eval(
                "window.ran === undefined && !document.querySelector('img, script, a, b[onmouseover]')"
            ),
            true
        );
        assert_eq!(page.complaints(), [""; 0]);
    }
}

/// Should escaping ever fail, the page's own policy still lets nothing run.
#[test]
fn the_policy_stops_what_the_escaping_let_through() {
    let page = report(Lang::En).replacen("<main>", "<main><script>window.ran=1</script><img src=\"http://127.0.0.1:9/x\" onerror=\"window.ran=1\"><p onclick=\"window.ran=1\" style=\"color:red\">x</p>", 1);
    let mut page = Chromium::showing(&page, DESKTOP);
    page.eval("document.querySelector('main > p').click()");
    assert_eq!(page.eval("window.ran === undefined"), true);
    assert!(!page.complaints().is_empty(), "and the browser says so");
}

fn spoil(class: &mut Results, name: &str, text: &str) {
    for submission in &mut class.submissions {
        submission.name = name.to_owned();
        submission.learners = vec![text.to_owned()];
        let origin = &mut submission.origin;
        origin.students[0].name = name.to_owned();
        (origin.file, origin.late) = (text.to_owned(), true);
        (origin.earlier, origin.notes) = (vec![text.to_owned()], vec![text.to_owned()]);
        for (index, step) in submission.steps.iter_mut().enumerate() {
            if index % 3 == 0 {
                step.verdict = moebi::lesson::Verdict::Failed;
                for field in [&mut step.expected, &mut step.seen, &mut step.hint, &mut step.mistake] {
                    *field = Some(text.to_owned());
                }
                let moment = moebi::check::outcome::Moment {
                    at: 3,
                    terminal: Some(text.to_owned()),
                    kind: moebi::check::outcome::MomentKind::Printed,
                    text: text.to_owned(),
                    by: Some(text.to_owned()),
                };
                step.timeline = vec![moment; 3];
            }
        }
    }
}
