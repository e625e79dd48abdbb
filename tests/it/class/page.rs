//! The teacher's page in a real browser, while a class is open.

use moebi::session::deed::Deed;
use serde_json::Value;

use crate::{
    browser::chromium::{Chromium, DESKTOP, PHONE, View},
    support::{home::Home, until},
};

use super::harness::{Class, Teller};

const HOSTILE: &str = "<img src=x onerror=document.title='taken'>";

fn began(step: &str) -> Deed {
    Deed::Began { step: step.into() }
}

fn passed(step: &str) -> Deed {
    Deed::Passed { step: step.into() }
}

fn typed(text: &str) -> Deed {
    Deed::Typed { terminal: "shell".into(), text: text.into() }
}

fn went_wrong(mistake: &str) -> Deed {
    Deed::WentWrong { mistake: mistake.into() }
}

#[track_caller]
pub(super) fn comes_to(page: &mut Chromium, code: &str, wanted: &str) {
    until(&format!("{code} is {wanted}"), || {
        let seen = page.glimpse(&format!("String({code})"));
        if seen.as_deref() == Some(wanted) { Ok(()) } else { Err(seen) }
    });
}

/// Of the learner of that name.
fn row(name: &str) -> String {
    format!(
        "[...document.querySelectorAll('#learners tr')].find(row => row.querySelector('a').textContent === '{name}')"
    )
}

#[test]
fn rows_change_before_the_teachers_eyes() {
    let class = Class::open();
    let maria = Teller::joins(&class, "Μαρία");
    maria.tells([began("nameless"), typed("iex")]);
    let mut page = Chromium::at(&class.page, DESKTOP);
    // Whatever is sent from here on, the page is not loaded again.
    page.eval("window.isTheSame = true");
    comes_to(&mut page, &format!("{}.querySelectorAll('i.p').length", row("Μαρία")), "0");
    maria.tells([
        passed("nameless"),
        began("name-alex"),
        went_wrong("other-name"),
        Deed::Hand { is_up: true },
    ]);
    comes_to(&mut page, &format!("{}.querySelectorAll('i.p').length", row("Μαρία")), "1");
    comes_to(&mut page, "document.querySelectorAll('#needs li.hand a').length", "1");
    comes_to(&mut page, "document.querySelectorAll('#mistakes li').length", "1");
    assert!(page.text("document.querySelector('#mistakes .why').textContent").contains("alex@localhost"));
    let late = Teller::joins(&class, "Ada O'Hara");
    late.tells([began("nameless")]);
    comes_to(&mut page, "document.querySelectorAll('#learners tr').length", "2");
    assert_eq!(page.eval("window.isTheSame"), true);
    // By keyboard, to what she typed at the present step.
    maria.tells([typed(HOSTILE)]);
    page.eval(&format!("{}.querySelector('a').focus()", row("Μαρία")));
    page.key("Enter");
    comes_to(&mut page, "document.querySelector('main')?.textContent.includes('onerror=')", "true");
    assert_eq!(page.eval("document.querySelector('main img') === null"), true, "what is typed is text");
    assert_eq!(page.complaints(), [""; 0]);
    drop(page);
    class.closes();
}

#[test]
fn a_hand_is_taken_down_by_keyboard_and_its_learner_hears_of_it() {
    let mut class = Class::open();
    let home = Home::new();
    let maria = class.joined(&home, "Μαρία").types("/raise").sees("Your hand is up");
    let mut page = Chromium::at(&class.page, DESKTOP);
    comes_to(&mut page, "document.querySelectorAll('#needs li.hand button').length", "1");
    page.eval("document.querySelector('#needs button').focus()");
    // The list is sent anew with another hand in it; who was about to press the button still is.
    let nikos = Teller::joins(&class, "Νίκος");
    nikos.tells([Deed::Hand { is_up: true }]);
    comes_to(&mut page, "document.querySelectorAll('#needs li.hand button').length", "2");
    assert_eq!(
        page.text("document.activeElement.closest('li')?.querySelector('a').textContent ?? ''"),
        "Μαρία"
    );
    page.key("Enter");
    comes_to(&mut page, "document.querySelectorAll('#needs li.hand button').length", "1");
    let maria = maria.sees("Your teacher has seen your hand");
    class.is_killed();
    class.is_opened_again();
    class.comes_to("known after a restart", |status| {
        status.iter().all(|one| one["hand"] == (one["name"] == "Νίκος"))
    });
    // Where there is no JavaScript, a button is a button.
    let mut page = Chromium::at(&class.page, View { with_script: false, ..PHONE });
    until("taken down without a script", || {
        // The page loads itself again every few seconds, and what is pressed meanwhile is pressed on the old one.
        page.glimpse("document.querySelector('#needs button')?.click()");
        let status = class.status();
        if status.iter().all(|one| one["hand"] == false) { Ok(()) } else { Err(status) }
    });
    maria.sees("The class is there").types("/raise").sees("Your hand is up").quits();
    assert_eq!(page.complaints(), [""; 0]);
    drop(page);
    class.closes();
}

#[test]
fn the_page_is_for_every_room() {
    let class = Class::open();
    for name in ["Μαρία", "Νίκος", "Ada"] {
        Teller::joins(&class, name).tells([began("nameless"), passed("nameless"), began("name-alex")]);
    }
    let english = format!("{}?lang=en", class.page);
    let greek = format!("{}?lang=el", class.page);
    let views = [DESKTOP, PHONE, View { is_dark: true, ..DESKTOP }, View { is_dark: true, ..PHONE }];
    for (url, lang) in [(&english, "en"), (&greek, "el")] {
        for view in views {
            let mut page = Chromium::at(url, view);
            assert_eq!(page.text("document.documentElement.lang"), lang);
            assert_eq!(page.eval("document.querySelectorAll('#learners tr').length"), 3);
            assert_eq!(page.eval("document.documentElement.scrollWidth <= innerWidth"), true, "{lang}");
            assert_eq!(page.complaints(), [""; 0]);
        }
    }
    let mut page = Chromium::at(&format!("{english}&view=wall"), DESKTOP);
    let wall = page.text("document.body.textContent");
    assert!(!wall.contains("Μαρία") && !wall.contains("Ada"), "no names on the wall: {wall}");
    assert!(wall.contains(&class.code), "those who come late join by it: {wall}");
    let mut page = Chromium::at(&english, DESKTOP);
    assert!(page.print().starts_with(b"%PDF"));
    // Where there is no JavaScript the page loads itself again.
    let mut page = Chromium::at(&english, View { with_script: false, ..PHONE });
    Teller::joins(&class, "Late").tells([began("nameless")]);
    comes_to(&mut page, "document.querySelectorAll('#learners tr').length", "4");
    drop(page);
    class.closes();
}

#[test]
fn another_key_shows_nothing() {
    let class = Class::open();
    Teller::joins(&class, "Μαρία").tells([began("nameless")]);
    let (origin, key) = class.page.trim_end_matches('/').rsplit_once('/').expect("a key");
    for address in ["", "/", "/wrong/", "/wrong/events", "/wrong/class.csv", "/wrong/learner/0"] {
        let mut page = Chromium::at(&format!("{origin}{address}"), DESKTOP);
        assert!(!page.text("document.body.textContent").contains("Μαρία"), "{address}");
        assert_eq!(status(&mut page), 404, "{address}");
    }
    let mut page = Chromium::at(&format!("{origin}/{key}/learner/0"), DESKTOP);
    assert_eq!(status(&mut page), 200);
    drop(page);
    class.closes();
}

fn status(page: &mut Chromium) -> Value {
    page.eval("performance.getEntriesByType('navigation')[0].responseStatus")
}
