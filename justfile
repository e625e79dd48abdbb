# What CONTRIBUTING asks for, in a word each. Every recipe is a plain command; nothing needs `just`.

# What there is.
default:
    @just --list

# The pure core, in seconds.
core:
    cargo test --lib

# The pure core, and the program on real nodes, in minutes.
test:
    cargo test

# What takes minutes each.
long:
    cargo test --features long long::

# Pictures, and the report of a class, in Chromium.
browser:
    cargo test --features browser browser::

# The README's picture, from a real run.
picture:
    cargo run -- demo --step remote-hello --svg docs/session.svg

# Every checkpoint of the lesson, tried for what it must not let through.
lesson *step:
    cargo run -- lesson test {{ step }}

# Beside raw iex, as ratios.
bench:
    cargo bench

# How it is written.
lint:
    cargo fmt --check
    cargo clippy --all-targets --all-features --locked -- -D warnings

# A page a room.
doc:
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --document-private-items --locked

# Licences, bans, sources and advisories of what Moebi is built from.
deny:
    .ci/deny

# What a landing must pass.
ci:
    bash .ci/run
