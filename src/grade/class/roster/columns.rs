//! What platforms call the columns of their tables.

use csv::StringRecord;

use crate::grade::{class::name::folded, results::Student};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
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

/// What each column of a table holds, by its head.
pub(super) fn of(head: &StringRecord) -> Vec<Option<Column>> {
    let column = |title: &str| {
        let title = folded(title.trim_matches('\u{feff}'));
        let plural = title.strip_suffix('s').unwrap_or(&title);
        COLUMNS.iter().find(|(name, _)| *name == title || *name == plural).map(|(_, column)| *column)
    };
    let columns: Vec<_> = head.iter().map(column).collect();
    let has = |column| columns.contains(&Some(column));
    // Where the surname has a column, the name's is of the other part.
    let is_first = has(Column::Last) && !has(Column::First);
    let meant = |column| if column == Column::Name && is_first { Column::First } else { column };
    columns.iter().map(|column| column.map(meant)).collect()
}

/// The student of one row, if it is one's.
pub(super) fn student(columns: &[Option<Column>], row: &StringRecord) -> Option<Student> {
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
