//! The README's picture, as a page shows it.

use std::{fs, path::Path};

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{
    chromium::{Chromium, DESKTOP},
    kept,
};

fn picture() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/session.svg")).expect("the picture")
}

#[test]
fn it_is_drawn_where_no_script_and_no_other_file_is_let_in() {
    let source = format!("data:image/svg+xml;base64,{}", STANDARD.encode(picture()));
    let page = kept("picture.html", format!("<body style=\"margin:0\"><img src=\"{source}\"></body>"));
    let mut page = Chromium::showing(&page, DESKTOP);
    // Of all its pixels so many are neither paper nor frame.
    let drawn = page.eval(
        "(async () => { const it = document.querySelector('img'); await it.decode();
        const canvas = new OffscreenCanvas(it.naturalWidth, it.naturalHeight), pen = canvas.getContext('2d');
        pen.drawImage(it, 0, 0);
        const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
        let bright = 0;
        for (let at = 0; at < data.length; at += 4) if (data[at] + data[at + 1] + data[at + 2] > 450) bright++;
        return [canvas.width, canvas.height, bright]; })()",
    );
    let number = |index: usize| drawn[index].as_u64().expect("a number");
    assert!(number(0) > 600 && number(1) > 400 && number(2) > 5000, "{drawn}");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn its_text_can_be_selected_and_each_run_ends_where_the_next_begins() {
    let mut page = Chromium::showing(&picture(), DESKTOP);
    let selected = page.text(
        "(() => { getSelection().selectAllChildren(document.querySelector('svg')); return getSelection().toString(); })()",
    );
    for text in ["Let alex ask kate", "Node.spawn_link(:kate@localhost, fn -> Kate.say_name() end)", "● kate"]
    {
        assert!(selected.contains(text), "{text:?} in\n{selected}");
    }
    let loose = page.text(
        "JSON.stringify([...document.querySelectorAll('tspan')].filter(it => {
            const from = it.getStartPositionOfChar(0).x, to = it.getEndPositionOfChar(it.getNumberOfChars() - 1).x;
            const [x, length] = ['x', 'textLength'].map(name => Number(it.getAttribute(name)));
            return Math.abs(from - x) > 0.5 || Math.abs(to - x - length) > 0.5;
        }).map(it => it.textContent))",
    );
    assert_eq!(loose, "[]");
    assert_eq!(page.complaints(), [""; 0]);
}
