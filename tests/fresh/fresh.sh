#!/bin/sh
# Proves the first minute: on a Debian just installed, ./dev alone builds, shows and tests the project.
set -eu

usage() {
    cat <<'END'
usage: tests/fresh/fresh.sh [--keep] [--mirror URL] [--suite NAME] [--as root|user]

Makes a minimal Debian with debootstrap, puts the tree of HEAD into it, and runs there, once as root
and once as a new user who may use sudo, each time starting from nothing:
    ./dev demo      ./dev test      and both again without any network

--keep          leave the folder and its logs, and say where they are
--mirror URL    where packages come from (default: where this system's do)
--suite NAME    the release (default: bookworm)
--as WHO        only one of the two
Needs root, debootstrap, git and a Debian mirror. Leaves nothing mounted, however it ends.
END
}

die() {
    printf 'fresh.sh: %s\n' "$*" >&2
    exit 2
}

keep=no mirror='' suite=bookworm people='root user'
parse() {
    while [ $# -gt 0 ]; do
        case $1 in
        --keep) keep=yes ;;
        --mirror | --suite | --as)
            [ $# -ge 2 ] || die "$1 needs a value"
            case $1 in
            --mirror) mirror=$2 ;;
            --suite) suite=$2 ;;
            --as) people=$2 ;;
            esac
            shift
            ;;
        -h | --help)
            usage
            exit 0
            ;;
        *) die "unknown option $1; see --help" ;;
        esac
        shift
    done
    case $people in
    root | user | 'root user') ;;
    *) die "--as wants root or user, not $people" ;;
    esac
}

# Where this system's own packages of the suite come from, as lines for sources.list.
host_sources() {
    # shellcheck disable=SC2016 # apt fills these in
    apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT) #$(ORIGIN)' \
        'Identifier: Packages' | sed -n "s/^\(deb [^ ]* ${suite}[^ ]* main\) #Debian.*/\1/p" | sort -u
}

find_mirror() {
    sources=$(host_sources)
    if [ -n "$mirror" ]; then
        sources="deb $mirror $suite main"
    elif [ -z "$sources" ]; then
        apt-get update -qq && sources=$(host_sources)
    fi
    mirror=$(printf '%s\n' "$sources" | awk -v suite="$suite" '$3 == suite { print $2; exit }')
    [ -n "$mirror" ] || die "this system knows no mirror of $suite; give one with --mirror"
}

# These two run as conditions, where `set -e` does not reach: every line says what follows it.
make_base() {
    set -- --variant=minbase
    case $mirror in
    https:*) set -- "$@" --include=ca-certificates ;;
    esac
    debootstrap "$@" "$suite" "$base" "$mirror" || return
    printf '%s\n' "$sources" >"$base/etc/apt/sources.list"
    # How this system reaches its mirror: proxies, checks, addresses and certificates.
    apt-config dump | grep -E '^Acquire::(http|https|Check|Retries|ForceIPv)' \
        >"$base/etc/apt/apt.conf.d/90host"
    cp -L /etc/resolv.conf /etc/hosts "$base/etc/" || return
    if [ -d /usr/local/share/ca-certificates ] && [ -x "$base/usr/sbin/update-ca-certificates" ]; then
        cp -RL /usr/local/share/ca-certificates "$base/usr/local/share/" &&
            chroot "$base" update-ca-certificates
    fi
}

# make_home PERSON: a system of their own with the tree in the home folder.
make_home() {
    root=$work/$1
    home=/root
    cp -a "$base" "$root" &&
        mount -t proc proc "$root/proc" &&
        mount -t tmpfs tmpfs "$root/dev/shm" || return
    if [ "$1" = user ]; then
        home=/home/user
        make_user || return
    fi
    mkdir "$root$home/tree" &&
        tar -x -C "$root$home/tree" --no-same-owner -f "$work/tree.tar" &&
        inside / root chown -R "$1" "$home/tree"
}

make_user() {
    inside / root apt-get update &&
        inside / root apt-get install --yes --no-install-recommends sudo &&
        inside / root useradd --create-home --shell /bin/sh user &&
        echo 'user ALL=(ALL) NOPASSWD: ALL' >"$root/etc/sudoers.d/user" &&
        # No lists, as on a system just installed: ./dev must fetch them itself.
        rm -r "$root/var/lib/apt/lists" &&
        mkdir -p "$root/var/lib/apt/lists/partial"
}

# inside FOLDER PERSON COMMAND...: runs in $root with nothing of this system's environment but proxies.
inside() {
    folder=$1 person=$2
    shift 2
    # shellcheck disable=SC2016,SC2086 # the inner shell expands; $offline is nothing or two words
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb \
        HOME="$(awk -F: -v who="$person" '$1 == who { print $6 }' "$root/etc/passwd")" \
        ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
        $offline chroot "$root" setpriv --reuid "$person" --regid "$person" --init-groups \
        sh -c 'cd "$1" && shift && exec "$@"' sh "$folder" "$@" </dev/null
}

failures=0
# step NAME COMMAND...: one line, PASS or FAIL, and on FAIL the end of the log.
step() {
    name=$1 log=$work/logs/$(printf '%s' "$1" | tr -c 'a-z0-9\n' '-').log
    shift
    begun=$(date +%s)
    if "$@" >"$log" 2>&1; then
        verdict=PASS
    else
        verdict=FAIL
        failures=$((failures + 1))
    fi
    printf '%s  %-44s %4d s  %s\n' "$verdict" "$name" "$(($(date +%s) - begun))" \
        "$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$log" | tail -n 1)"
    grep '^skipped: ' "$log" | sed 's/^/      /'
    [ "$verdict" = PASS ] || {
        tail -n 40 "$log" | sed 's/^/    /'
        return 1
    }
}

versions() {
    for package in libc6 gcc cmake ninja-build libyaml-dev nettle-dev libcmocka-dev libjson-c-dev; do
        # shellcheck disable=SC2016 # dpkg-query fills these in
        chroot "$root" dpkg-query -W -f '      ${Package} ${Version}\n' "$package" 2>/dev/null |
            grep ' [0-9]' || true
    done
}

try_as() {
    offline=''
    step "$1: a fresh system" make_home "$1" || return
    step "$1: ./dev demo" inside "$home/tree" "$1" ./dev demo || return
    step "$1: ./dev test" inside "$home/tree" "$1" ./dev test || return
    offline='unshare --net'
    step "$1: ./dev demo, no network" inside "$home/tree" "$1" ./dev demo || return
    step "$1: ./dev test, no network" inside "$home/tree" "$1" ./dev test || return
    versions
}

clean_up() {
    status=$?
    trap - EXIT HUP INT TERM
    for person in root user; do
        for place in dev/shm proc; do
            ! mountpoint -q "$work/$person/$place" || umount -l "$work/$person/$place"
        done
    done
    if [ "$keep" = yes ]; then
        echo "kept: $work"
    else
        rm -rf --one-file-system "$work"
    fi
    exit "$status"
}

main() {
    [ "$(id -u)" -eq 0 ] || die 'must run as root, because of chroot and mount'
    for command in debootstrap git unshare setpriv; do
        command -v "$command" >/dev/null || die "$command is missing"
    done
    find_mirror
    work=$(mktemp -d -t boa-fresh.XXXXXX)
    trap clean_up EXIT
    trap 'exit 130' HUP INT TERM
    chmod 755 "$work"
    base=$work/base
    mkdir "$work/logs"
    git -C "$(dirname "$0")" rev-parse --show-toplevel >/dev/null || die 'not in a git tree'
    git -C "$(git -C "$(dirname "$0")" rev-parse --show-toplevel)" archive -o "$work/tree.tar" HEAD
    if step "debootstrap $suite" make_base; then
        echo "      Debian $(cat "$base/etc/debian_version")"
        for who in $people; do
            try_as "$who" || true
        done
    fi
    [ "$failures" -eq 0 ]
}

# The mounts live in a namespace of their own, which ends with this script, even when it is killed.
if [ -z "${BOA_FRESH_INSIDE:-}" ] && [ "$(id -u)" -eq 0 ] && command -v unshare >/dev/null; then
    BOA_FRESH_INSIDE=1 exec unshare --mount --propagation private --pid --fork --kill-child -- \
        "$0" "$@"
fi
parse "$@"
main
