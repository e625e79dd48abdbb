use std::fs;

use super::fake_machine::{FakeMachine, told};

#[tokio::test]
async fn a_folder_of_packages_becomes_a_runtime() {
    let machine = FakeMachine::new().with_dpkg();
    let runtime =
        machine.set_up_from(machine.all_debs()).await.unwrap_or_else(|error| panic!("{}", told(&error)));
    assert_eq!(runtime.elixir, "1.14.0");
    assert_eq!(runtime.path, [machine.place.private().join("bin")]);
    assert_eq!(machine.left(), ["runtime"]);
}

#[tokio::test]
async fn a_broken_private_runtime_is_replaced() {
    let machine = FakeMachine::new().with_dpkg().with_private("1.9.0", "22");
    let runtime =
        machine.set_up_from(machine.all_debs()).await.unwrap_or_else(|error| panic!("{}", told(&error)));
    assert_eq!(runtime.elixir, "1.14.0");
    assert_eq!(machine.left(), ["runtime"]);
}

#[tokio::test]
async fn an_empty_folder_is_told_how_to_be_filled() {
    let machine = FakeMachine::new().with_dpkg();
    let error = machine.set_up_from(machine.debs(&[])).await.expect_err("there is nothing in it");
    assert!(told(&error).contains("holds no .deb file") && told(&error).contains("apt-get download $("));
    assert_eq!((error.exit_code(), machine.left()), (2, vec![]));
}

#[tokio::test]
async fn missing_packages_are_named() {
    let machine = FakeMachine::new().with_dpkg();
    let debs = machine.debs(&[("elixir", "all", "erlang-base (>= 1), erlang-crypto | x, procps")]);
    let error = machine.set_up_from(debs).await.expect_err("it is one of many");
    assert!(error.to_string().ends_with("lacks erlang-base, erlang-crypto, erlang-syntax-tools"), "{error}");
    assert_eq!(machine.left(), [""; 0]);
}

#[tokio::test]
async fn packages_of_another_machine_are_refused() {
    let machine = FakeMachine::new().with_dpkg();
    machine.all_debs();
    let error =
        machine.set_up_from(machine.debs(&[("erlang-ssl", "arm64", "")])).await.expect_err("it is amd64");
    assert!(told(&error).contains("is for arm64\nThis machine is amd64"), "{}", told(&error));
    assert_eq!(machine.left(), [""; 0]);
}

#[tokio::test]
async fn two_versions_of_a_package_are_refused() {
    let machine = FakeMachine::new().with_dpkg();
    let debs = machine.all_debs();
    fs::copy(debs.join("elixir_1_all.deb"), debs.join("elixir_2_all.deb")).unwrap();
    let error = machine.set_up_from(debs).await.expect_err("which one?");
    assert!(error.to_string().ends_with("are the same package"), "{error}");
    assert_eq!(machine.left(), [""; 0]);
}

#[tokio::test]
async fn a_package_that_is_not_what_its_list_says_is_refused() {
    let machine = FakeMachine::new().with_dpkg();
    let debs = machine.all_debs();
    let sums = std::process::Command::new("sh")
        .args(["-c", "sha256sum *.deb >SHA256SUMS"])
        .current_dir(&debs)
        .status()
        .expect("sh runs");
    assert!(sums.success());
    let erlang = debs.join("erlang-base_1_amd64.deb");
    let good = fs::read_to_string(&erlang).unwrap();
    fs::write(&erlang, format!("{good}\n")).unwrap();
    let error = machine.set_up_from(debs.clone()).await.expect_err("it was altered");
    assert!(error.to_string().starts_with("erlang-base_1_amd64.deb is not what SHA256SUMS says"), "{error}");
    assert_eq!(machine.left(), [""; 0]);

    fs::write(&erlang, good).unwrap();
    assert!(machine.set_up_from(debs).await.is_ok());
}

#[tokio::test]
async fn packages_whose_elixir_does_not_start_are_not_kept() {
    let machine = FakeMachine::new().with_dpkg();
    let debs = machine.all_debs();
    let erlang = debs.join("erlang-base_1_amd64.deb");
    fs::rename(erlang, debs.join("erlang-bare_1_amd64.deb")).unwrap();
    let error = machine.set_up_from(debs).await.expect_err("there is no VM in them");
    assert!(error.to_string().contains("hold no Erlang"), "{error}");
    assert_eq!(machine.left(), [""; 0]);
}

#[tokio::test]
async fn two_setups_at_once_make_one_runtime() {
    let machine = FakeMachine::new().with_dpkg();
    let debs = machine.all_debs();
    let (one, other) = tokio::join!(machine.set_up_from(debs.clone()), machine.set_up_from(debs));
    let one = one.unwrap_or_else(|error| panic!("{}", told(&error)));
    assert_eq!(one, other.unwrap_or_else(|error| panic!("{}", told(&error))));
    assert_eq!(machine.left(), ["runtime"]);
}
