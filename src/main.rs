use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(code) = moebi::cluster::guardian::from_arguments() {
        return code;
    }
    println!("moebi");
    ExitCode::SUCCESS
}
