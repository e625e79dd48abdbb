//! Who is in the class: a table that the platform exports, whatever it calls its columns.

use std::{fs::File, io::Read, path::Path};

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
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    First,
    Last,
    Id,
    SchoolId,
    Login,
    Email,
    Group,
    /// Moodle's `Participant 1234567`; in GitHub Classroom's, whatever the teacher wrote.
    Identifier,
}

/// Without accents and in lower case.
const COLUMNS: [(&str, Column); 47] = [
    ("name", Column::Name),
    ("full name", Column::Name),
    ("student", Column::Name),
    ("student name", Column::Name),
    ("ονοματεπωνυμο", Column::Name),
    ("πληρεσ ονομα", Column::Name),
    ("ονομα", Column::Name),
    ("first name", Column::First),
    ("firstname", Column::First),
    ("given name", Column::First),
    ("last name", Column::Last),
    ("lastname", Column::Last),
    ("surname", Column::Last),
    ("family name", Column::Last),
    ("επωνυμο", Column::Last),
    ("id", Column::Id),
    ("user id", Column::Id),
    ("canvas user id", Column::Id),
    ("identifier", Column::Identifier),
    ("αναγνωριστικο", Column::Identifier),
    ("sis user id", Column::SchoolId),
    ("id number", Column::SchoolId),
    ("student id", Column::SchoolId),
    ("sid", Column::SchoolId),
    ("student number", Column::SchoolId),
    ("αριθμοσ id", Column::SchoolId),
    ("αριθμοσ μητρωου", Column::SchoolId),
    ("αμ", Column::SchoolId),
    ("sis login id", Column::Login),
    ("login id", Column::Login),
    ("login", Column::Login),
    ("username", Column::Login),
    ("user name", Column::Login),
    ("github_username", Column::Login),
    ("github username", Column::Login),
    ("ονομα χρηστη", Column::Login),
    ("email", Column::Email),
    ("e-mail", Column::Email),
    ("mail", Column::Email),
    ("email address", Column::Email),
    ("διευθυνση email", Column::Email),
    ("διευθυνση ηλεκτρονικου ταχυδρομειου", Column::Email),
    ("section", Column::Group),
    ("group", Column::Group),
    ("ομαδα", Column::Group),
    ("ομαδεσ", Column::Group),
    ("τμημα", Column::Group),
];

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
        let columns = reader.headers().map(columns).unwrap_or_default();
        let rows = reader.records().take(MOST).filter_map(std::result::Result::ok);
        Self { students: rows.filter_map(|row| student(&columns, &row)).collect() }
    }

    pub(super) fn students(&self) -> &[Student] {
        &self.students
    }

    /// The students whom `known` may be, by the first of id, e-mail, account and name that anybody has; more than one
    /// where that does not tell.
    pub(super) fn matching(&self, known: &Student) -> Vec<usize> {
        let same = |one: &Option<String>, other: &Option<String>| {
            one.as_ref().zip(other.as_ref()).is_some_and(|(one, other)| folded(one) == folded(other))
        };
        let (key, run) = (name::key(&known.name), folded(&known.name));
        // A plain file may be called by any of them.
        let is_called = |field: &Option<String>| field.as_ref().is_some_and(|field| folded(field) == run);
        let ways: [&dyn Fn(&Student) -> bool; 6] = [
            &|one| same(&one.id, &known.id) || same(&one.school_id, &known.school_id),
            &|one| same(&one.email, &known.email),
            &|one| same(&one.login, &known.login),
            &|one| !key.is_empty() && name::key(&one.name) == key,
            &|one| [&one.id, &one.school_id, &one.email, &one.login].into_iter().any(is_called),
            &|one| name::run_together(&one.name).contains(&run),
        ];
        let of = |is: &dyn Fn(&Student) -> bool| -> Vec<usize> {
            let numbered = self.students.iter().enumerate();
            numbered.filter(|(_, one)| is(one)).map(|(number, _)| number).collect()
        };
        ways.into_iter().map(of).find(|found| !found.is_empty()).unwrap_or_default()
    }
}

fn columns(head: &csv::StringRecord) -> Vec<Option<Column>> {
    let of = |title: &str| {
        let title = folded(title.trim_matches('\u{feff}'));
        let plural = title.strip_suffix('s').unwrap_or(&title);
        COLUMNS.iter().find(|(name, _)| *name == title || *name == plural).map(|(_, column)| *column)
    };
    let columns: Vec<_> = head.iter().map(of).collect();
    let has = |column| columns.contains(&Some(column));
    // Where the surname has a column, the name's is of the other part.
    let is_first = has(Column::Last) && !has(Column::First);
    let meant = |column| if column == Column::Name && is_first { Column::First } else { column };
    columns.iter().map(|column| column.map(meant)).collect()
}

fn student(columns: &[Option<Column>], row: &csv::StringRecord) -> Option<Student> {
    let field = |wanted: Column| {
        let fields = columns.iter().zip(row).filter(|(column, _)| **column == Some(wanted));
        fields.map(|(_, text)| text.trim()).find(|text| !text.is_empty()).map(str::to_owned)
    };
    let whole = field(Column::Name).or_else(|| {
        let parts: Vec<_> = [Column::First, Column::Last].into_iter().filter_map(field).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    });
    // Canvas puts two rows of its own among the students.
    if whole.as_deref().is_some_and(|name| name.starts_with("Points Possible") || name == "Student, Test") {
        return None;
    }
    let mut student = Student {
        name: whole.unwrap_or_default(),
        id: field(Column::Id),
        school_id: field(Column::SchoolId),
        login: field(Column::Login),
        email: field(Column::Email),
        group: field(Column::Group),
    };
    if let Some(identifier) = field(Column::Identifier) {
        identify(&mut student, identifier);
    }
    if student.name.is_empty() {
        let fields = [&student.email, &student.login, &student.school_id, &student.id];
        student.name = fields.into_iter().flatten().next()?.clone();
    }
    Some(student)
}

fn identify(student: &mut Student, identifier: String) {
    let number = identifier.rsplit(' ').next().unwrap_or_default();
    let is_participant =
        identifier.contains(' ') && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    if is_participant {
        student.id.get_or_insert_with(|| number.to_owned());
    } else if identifier.contains('@') {
        student.email.get_or_insert(identifier);
    } else if student.name.is_empty() {
        student.name = identifier;
    } else {
        student.school_id.get_or_insert(identifier);
    }
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
