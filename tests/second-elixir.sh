#!/bin/sh
# Makes a second Elixir to test Moebi against, out of another Debian release's packages, and puts it in DIR.
#
#     tests/second-elixir.sh DIR [RELEASE]       RELEASE is trixie (Elixir 1.18, OTP 27) unless given
#     MOEBI_RUNTIME=DIR cargo test
#
# Needs apt, gpgv and dpkg-deb (any Debian or Ubuntu), about 250 MB beside DIR while it works, no root, no chroot.
#
# Binaries of a newer release need that release's C library. So DIR carries it, and every program of the runtime is
# a script that starts the real one through DIR's own dynamic loader. Nothing is passed through LD_LIBRARY_PATH, which
# the programs that a node starts (they are the host's) would inherit and die of.
set -eu

die() {
    echo "second-elixir: $*" >&2
    exit 1
}

[ $# -ge 1 ] && [ $# -le 2 ] || die "usage: $0 DIR [RELEASE]"
release=${2:-trixie}
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
for program in apt-get dpkg-deb; do
    command -v "$program" >/dev/null || die "$program is needed; this script works on Debian and Ubuntu"
done
[ -r "$keyring" ] || die "$keyring is missing: install debian-archive-keyring"

mkdir -p "$(dirname "$1")"
final=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
if [ -e "$final" ]; then
    PATH=$final/bin:$PATH "$final/bin/elixir" --short-version || die "$final exists but does not run: remove it first"
    exit 0
fi
work=$final.part.$$
# The scripts inside name their own folder when they run, so the finished tree may be renamed.
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
mkdir -p "$work/apt/lists/partial" "$work/apt/archives/partial" "$work/debs"

# An empty status file makes apt resolve for an empty machine: the answer names every library, the C library too.
: >"$work/apt/status"
cat >"$work/apt/sources.list" <<CONF
deb [signed-by=$keyring] http://deb.debian.org/debian $release main
CONF
cat >"$work/apt/conf" <<CONF
Dir::Etc::SourceList "$work/apt/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::Etc::Preferences "/dev/null";
Dir::Etc::PreferencesParts "/dev/null";
Dir::State::Lists "$work/apt/lists";
Dir::State::Status "$work/apt/status";
Dir::State::Extended_States "$work/apt/extended_states";
Dir::Cache "$work/apt";
APT::Default-Release "";
APT::Install-Recommends "false";
APT::Get::AllowUnauthenticated "false";
APT::Sandbox::User "";
Acquire::AllowInsecureRepositories "false";
Acquire::Languages "none";
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear Acquire::IndexTargets::deb::DEP-11;
#clear Acquire::IndexTargets::deb::CNF;
CONF

echo "second-elixir: reading the package lists of $release" >&2
apt-get -c "$work/apt/conf" -qq update
apt-get -c "$work/apt/conf" -qq --print-uris install elixir erlang-syntax-tools >"$work/apt/uris"
# Only the languages and the libraries: what adduser, procps and the like do, the host does.
packages=$(sed -n "s/^'[^']*' \([^_]*\)_[^ ]* .*/\1/p" "$work/apt/uris" | grep -E '^(elixir$|erlang-|lib|zlib1g)')
echo "second-elixir: downloading $(echo "$packages" | wc -l) packages, checked by apt" >&2
# shellcheck disable=SC2086  # one word a package
(cd "$work/debs" && apt-get -c "$work/apt/conf" -qq download $packages)

root=$work/root
mkdir "$root"
for deb in "$work"/debs/*.deb; do
    dpkg-deb -x "$deb" "$root"
done
loader=$(find "$root" -name 'ld-linux*.so.*' | head -n 1)
libraries=$(dirname "$(find "$root" -name libc.so.6 | head -n 1)")
[ -n "$loader" ] || die "no dynamic loader among the packages of $release"

rm -rf "$root/usr/share" "$root/etc" "$root/var" "$root/usr/lib/systemd"
bindir=$(echo "$root"/usr/lib/erlang/erts-*/bin)
erts=$(basename "$(dirname "$bindir")")
# The loader is copied under the program's name, so that the process list shows beam.smp as it always does.
mkdir "$root/elf" "$root/loader" "$root/bin"

# start NAME UP: the script that starts the real NAME, from a folder that lies UP above it.
start() {
    cat <<SCRIPT
#!/bin/sh
here=\${0%/*}/$2
exec "\$here/loader/$1" --library-path "\$here/${libraries#"$root"/}" --argv0 "\$0" "\$here/elf/$1" "\$@"
SCRIPT
}

for real in "$bindir"/* "$root"/usr/lib/erlang/lib/*/priv/bin/*; do
    [ -f "$real" ] && [ "$(head -c 4 "$real" | tail -c 3)" = ELF ] || continue
    name=$(basename "$real")
    mv "$real" "$root/elf/$name"
    cp -L "$loader" "$root/loader/$name"
    up=$(dirname "${real#"$root"/}" | sed 's|[^/][^/]*|..|g')
    start "$name" "$up" >"$real"
    chmod 755 "$real"
done

cat >"$root/bin/erl" <<SCRIPT
#!/bin/sh
self=\$(readlink -f "\$0")
ROOTDIR=\${self%/bin/erl}/usr/lib/erlang
BINDIR=\$ROOTDIR/$erts/bin
EMU=beam
PROGNAME=erl
export ROOTDIR BINDIR EMU PROGNAME
exec "\$BINDIR/erlexec" "\$@"
SCRIPT
chmod 755 "$root/bin/erl"
# Debian's own start scripts name /usr/lib/erlang, and the programs beside the boot files need the wrapping too.
rm -f "$bindir/erl" "$bindir/start" "$bindir/start_erl"
find "$root/usr/lib/erlang/bin" ! -type d ! -name '*.boot' ! -name '*.script' -delete
ln -s ../../../../../bin/erl "$bindir/erl"
rm -rf "$root/usr/bin" "$root/usr/sbin"
for name in elixir elixirc iex mix; do
    ln -s "../usr/lib/elixir/bin/$name" "$root/bin/$name"
done
for name in erl epmd erlc escript; do
    ln -s "../../../../bin/$name" "$root/usr/lib/erlang/bin/$name"
done
for name in epmd erlc escript; do
    printf '#!/bin/sh\nself=$(readlink -f "$0")\nexec "${self%%/bin/%s}/usr/lib/erlang/%s/bin/%s" "$@"\n' \
        "$name" "$erts" "$name" >"$root/bin/$name"
    chmod 755 "$root/bin/$name"
done

PATH=$root/bin:$PATH elixir --version >&2 || die "the runtime does not start"
mv "$root" "$final"
echo "$final"
