//! Three terminals that print all the time, each line with its number; and whether all of it is there.

/// The terminals; the first one is in focus.
pub const SINGERS: [&str; 3] = ["alex", "kate", "moebi"];

/// What a terminal's line of that number says; shorter than any screen here is wide.
pub fn verse(singer: &str, number: usize) -> String {
    format!("{singer} τραγουδά {number:04}.")
}

/// Every line is there, once and in order; nothing of it stands behind anything else.
#[track_caller]
pub fn is_whole(page: &str, verses: usize) {
    for singer in SINGERS {
        let is_mine = |line: &&str| line.contains(&format!("{singer} τραγουδά "));
        let sung: Vec<&str> = page.lines().filter(is_mine).map(str::trim_end).collect();
        let label = if singer == SINGERS[0] { String::new() } else { format!("{singer} │ ") };
        let wanted: Vec<String> =
            (0..verses).map(|number| format!("{label}{}", verse(singer, number))).collect();
        if sung != wanted {
            let at = sung.iter().zip(&wanted).take_while(|(sung, wanted)| sung == wanted).count();
            let (sung, wanted) = (&sung[at.min(sung.len())..], &wanted[at.min(wanted.len())..]);
            let few = |lines: usize| lines.min(5);
            panic!(
                "{singer}'s line {at} of {verses} should be {:?}, but there is {:?} ({} lines in all) in:\n{page}",
                wanted.first(),
                &sung[..few(sung.len())],
                at + sung.len()
            );
        }
    }
}
