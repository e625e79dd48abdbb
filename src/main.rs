fn main() -> std::process::ExitCode {
    moebi::cli::main()
}
