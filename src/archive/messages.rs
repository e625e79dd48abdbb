crate::catalogue! {
    a_link { en: "a link, which is not followed", el: "σύνδεσμος, που δεν ακολουθείται" }
    no_zip(why: &str) { en: "no zip that can be read: {why}", el: "δεν είναι zip που διαβάζεται: {why}" }
    too_many_in_zip(count: usize, most: usize) {
        en: "there are {count} files in this zip, and {most} at most are unpacked",
        el: "το zip έχει {count} αρχεία, ενώ αποσυμπιέζονται το πολύ {most}",
    }
    leads_out { en: "its name leads out of the zip", el: "το όνομά του βγαίνει έξω από το zip" }
    no_name_of_a_file { en: "its name is none that a file can have", el: "το όνομά του δεν κάνει για αρχείο" }
    behind_a_password { en: "it is behind a password", el: "το κλειδώνει κωδικός" }
    swells(megabytes: u64) {
        en: "it would swell to {megabytes} MB, which no honest text does",
        el: "θα φούσκωνε σε {megabytes} MB, όσο κανένα κανονικό κείμενο",
    }
    inner_too_large(most: u64) {
        en: "a zip within a zip may have {most} MB at most",
        el: "ένα zip μέσα σε zip μπορεί να έχει το πολύ {most} MB",
    }
    too_much(most: u64) {
        en: "more than {most} MB would come out of the zips together",
        el: "από τα zip θα έβγαιναν συνολικά πάνω από {most} MB",
    }
    more_than_it_says {
        en: "more comes out of the zip than it says",
        el: "από το zip βγαίνουν περισσότερα απ' όσα λέει",
    }
    twice_in_zip { en: "the zip has two files of that name", el: "το zip έχει δύο αρχεία με αυτό το όνομα" }
    damaged(why: &str) { en: "the zip is damaged here: {why}", el: "εδώ το zip είναι χαλασμένο: {why}" }
    not_unpacked(why: &str) { en: "could not be unpacked: {why}", el: "δεν αποσυμπιέστηκε: {why}" }
}
