//! The small lesson that `moebi lesson new` writes.

use crate::lesson::{Lang, LessonId};

const STRUCTURE: &str = include_str!("template/lesson.yaml");
/// What stands for the lesson's id there.
const ID: &str = "LESSON-ID";

/// The files of a lesson with that id, told in that language.
pub fn files(id: &LessonId, lang: Lang) -> [(String, String); 2] {
    let texts = match lang {
        Lang::En => include_str!("template/en.yaml"),
        Lang::El => include_str!("template/el.yaml"),
    };
    let structure = STRUCTURE.replace(ID, id.as_str());
    [("lesson.yaml".to_owned(), structure), (format!("{}.yaml", lang.code()), texts.to_owned())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{author::lint, lesson::Source};

    #[test]
    fn it_draws_no_complaint() {
        let id = LessonId::parse("mailboxes").expect("a name");
        for lang in Lang::ALL {
            let files = files(&id, lang).map(|(name, text)| (format!("mailboxes/{name}"), text)).to_vec();
            let linted = lint(&[Source { id: id.to_string(), files }]);
            assert!(linted.is_clean(), "{}", linted.human());
        }
    }
}
