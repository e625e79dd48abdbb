//! Who is in the class: a table that the platform exports, whatever it calls its columns.

mod columns;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::Read,
    path::Path,
};

use super::{
    messages,
    name::{self, folded},
};
use crate::{
    check::submission::plain_text,
    cluster::messages::shown,
    error::{Error, Result},
    grade::results::Student,
};

/// How large the table may be, in bytes and in rows.
const MAX_BYTES: u64 = 16 * 1024 * 1024;
const MOST: usize = 20_000;

#[derive(Debug, Default)]
pub struct Roster {
    students: Vec<Student>,
    /// Their places, by each thing that one may be known by, in the order in which it is asked.
    by: [BTreeMap<String, Vec<usize>>; WAYS],
}

const WAYS: usize = 6;

impl Roster {
    /// Reads a table of students.
    ///
    /// # Errors
    /// It can't be read, or nothing in it is a name or an id.
    pub fn read(path: &Path) -> Result<Self> {
        let mut bytes = Vec::new();
        File::open(path)
            .and_then(|file| file.take(MAX_BYTES).read_to_end(&mut bytes))
            .map_err(|why| Error::usage(messages::roster_unreadable(&shown(path))).because(why))?;
        let is_wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
        if !is_wide && std::str::from_utf8(&bytes).is_err() {
            let error = Error::usage(messages::roster_unreadable(&shown(path))).because(messages::no_utf8());
            return Err(error.hint(messages::save_as_utf8()));
        }
        let roster = Self::of(&plain_text(&bytes));
        match roster.students.is_empty() {
            true => Err(Error::usage(messages::no_roster(&shown(path))).hint(messages::what_a_roster_is())),
            false => Ok(roster),
        }
    }

    pub(super) fn of(table: &str) -> Self {
        let table = table.trim_start_matches('\u{feff}');
        // What tells a spreadsheet how the rest is written.
        let table = match table.split_once('\n') {
            Some((first, rest)) if first.starts_with("sep=") => rest,
            _ => table,
        };
        let head = table.lines().next().unwrap_or_default();
        let delimiter = [b'\t', b';', b',']
            .into_iter()
            .max_by_key(|sign| head.bytes().filter(|byte| byte == sign).count());
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter.unwrap_or(b','))
            .flexible(true)
            .has_headers(true)
            .from_reader(table.as_bytes());
        let columns = reader.headers().map(columns::of).unwrap_or_default();
        let rows = reader.records().take(MOST).filter_map(std::result::Result::ok);
        let mut roster = Self::default();
        for student in rows.filter_map(|row| columns::student(&columns, &row)) {
            let place = roster.students.len();
            for (by, keys) in roster.by.iter_mut().zip(keys_of(&student)) {
                keys.into_iter().for_each(|key| by.entry(key).or_default().push(place));
            }
            roster.students.push(student);
        }
        roster
    }

    pub(super) fn students(&self) -> &[Student] {
        &self.students
    }

    /// The students whom `known` may be, by the first of id, e-mail, account and name that anybody has; more than one
    /// where that does not tell.
    pub(super) fn matching(&self, known: &Student) -> Vec<usize> {
        let field = |field: &Option<String>| field.as_deref().map(folded).into_iter().collect();
        let word = vec![folded(&known.name)];
        let ids = [&known.id, &known.school_id].into_iter().flatten().map(|id| folded(id)).collect();
        // A plain file may be called by any of them.
        let asked: [Vec<String>; WAYS] =
            [ids, field(&known.email), field(&known.login), vec![name::key(&known.name)], word.clone(), word];
        let found = self.by.iter().zip(asked).map(|(by, keys)| {
            let places =
                keys.iter().filter(|key| !key.is_empty()).filter_map(|key| by.get(key)).flatten().copied();
            places.collect::<BTreeSet<_>>()
        });
        found.into_iter().find(|found| !found.is_empty()).unwrap_or_default().into_iter().collect()
    }
}

/// All that a student may be known by, way by way: ids, e-mail, account, name; any of the first three; the name run
/// together.
fn keys_of(student: &Student) -> [Vec<String>; WAYS] {
    let fields =
        |fields: &[&Option<String>]| fields.iter().filter_map(|field| field.as_deref()).map(folded).collect();
    let Student { id, school_id, login, email, name, .. } = student;
    let mut run = name::run_together(name).to_vec();
    run.dedup();
    [
        fields(&[id, school_id]),
        fields(&[email]),
        fields(&[login]),
        vec![name::key(name)],
        fields(&[id, school_id, email, login]),
        run,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(table: &str) -> Student {
        let roster = Roster::of(table);
        let [student] = roster.students() else { panic!("{roster:?}") };
        student.clone()
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn the_tables_of_all_platforms_are_read() {
        let maria = Student { name: "Maria Papadaki".into(), email: some("m@x.gr"), ..Student::default() };
        let last_first = Student { name: "Papadaki, Maria".into(), ..Student::default() };
        assert_eq!(
            only("name,email,id\nMaria Papadaki,m@x.gr,7\n"),
            Student { id: some("7"), ..maria.clone() }
        );
        assert_eq!(
            only(
                "\u{feff}Identifier,\"Full name\",\"ID number\",\"Email address\",Status,Grade\n\"Participant 1234567\",\"Maria Papadaki\",A1,m@x.gr,\"Submitted for grading\",\n"
            ),
            Student { id: some("1234567"), school_id: some("A1"), ..maria.clone() }
        );
        assert_eq!(
            only("Όνομα;Επώνυμο;Διεύθυνση ηλεκτρονικού ταχυδρομείου;Ομάδες\r\nMaria;Papadaki;m@x.gr;Β2\r\n"),
            Student { group: some("Β2"), ..maria.clone() }
        );
        assert_eq!(
            only(
                "Student,ID,SIS User ID,SIS Login ID,Section,Lab 1 (12)\n    Points Possible,,,,,10\n\"Papadaki, Maria\",4521,A1,mpapad,B2,\n\"Student, Test\",99,,x,B2,\n"
            ),
            Student {
                id: some("4521"),
                school_id: some("A1"),
                login: some("mpapad"),
                group: some("B2"),
                ..last_first
            }
        );
        assert_eq!(
            only(
                "\"Last Name\"\t\"First Name\"\t\"Username\"\t\"Student ID\"\t\"Last Access\"\n\"Papadaki\"\t\"Maria\"\t\"mpapad\"\t\"A1\"\t\"\"\n"
            ),
            Student { login: some("mpapad"), school_id: some("A1"), email: None, ..maria.clone() }
        );
        assert_eq!(
            only("First Name,Last Name,SID,Email,Sections\nMaria,Papadaki,A1,m@x.gr,B2\n"),
            Student { school_id: some("A1"), group: some("B2"), ..maria.clone() }
        );
        assert_eq!(
            only(
                "\"identifier\",\"github_username\",\"github_id\",\"name\"\n\"m@x.gr\",\"mpapad\",\"12\",\"Maria Papadaki\"\n"
            ),
            Student { login: some("mpapad"), ..maria.clone() }
        );
        assert_eq!(only("Last Name,First Name,Email Address\nPapadaki,Maria,m@x.gr\n"), maria);
        assert!(Roster::of("a,b\n1,2\n").students().is_empty());
    }

    #[test]
    fn whoever_two_rows_fit_is_nobody_yet() {
        let roster = Roster::of(
            "name,email,id,login\nMaria Papadaki,m@x.gr,7,mp\nΜαρία Παπαδάκη,n@x.gr,8,np\nmaria papadaki,,9,op\n",
        );
        let known = |name: &str| Student { name: name.into(), ..Student::default() };
        assert_eq!(roster.matching(&known("Papadaki, MARIA")), [0, 2]);
        assert_eq!(roster.matching(&Student { id: some("9"), ..known("Maria Papadaki") }), [2]);
        assert_eq!(roster.matching(&Student { email: some("M@X.gr"), ..known("?") }), [0]);
        assert_eq!(roster.matching(&known("np")), [1]);
        assert_eq!(roster.matching(&known("ΠΑΠΑΔΑΚΗ ΜΑΡΙΑ")), [1]);
        assert!(roster.matching(&known("Nikos")).is_empty());
    }
}
