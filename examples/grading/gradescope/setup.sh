#!/bin/bash
# Gradescope runs this once, as root, when it builds the autograder's image from the zip. In the zip are this file,
# run_autograder, and `moebi`: a released binary, or your own of `cargo build --release`. Zip the files, not the folder:
#
#   zip -j autograder.zip setup.sh run_autograder moebi
set -euo pipefail
apt-get update
apt-get install -y --no-install-recommends elixir erlang-syntax-tools
install -m 755 /autograder/source/moebi /usr/local/bin/moebi
useradd --create-home learner
