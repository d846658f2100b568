#!/bin/sh
# Installs header, libraries and pkg-config file: install.sh PREFIX BUILT
# BUILT is the folder with libasa_failover.so and libasa_failover.a, such as target/release.
# DESTDIR is put in front of PREFIX, for packages.
set -eu

if [ $# -ne 2 ]; then
    echo "usage: install.sh PREFIX BUILT" >&2
    exit 2
fi
prefix=$1
built=$2
here=$(cd "$(dirname "$0")" && pwd)
root=${DESTDIR:-}$prefix
abi=$(sed -n 's/^#define ASAF_ABI_VERSION \([0-9]*\)$/\1/p' "$here/../include/asa_failover.h")
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$here/../Cargo.toml" | head -n 1)

for library in libasa_failover.a libasa_failover.so; do
    if [ ! -f "$built/$library" ]; then
        echo "$built/$library: no such file; build it first: cargo build --release --package asa-failover-ffi" >&2
        exit 1
    fi
done
mkdir -p "$root/include" "$root/lib/pkgconfig"
install -m 644 "$here/../include/asa_failover.h" "$root/include/asa_failover.h"
install -m 644 "$built/libasa_failover.a" "$root/lib/libasa_failover.a"
install -m 755 "$built/libasa_failover.so" "$root/lib/libasa_failover.so.$version"
ln -sf "libasa_failover.so.$version" "$root/lib/libasa_failover.so.$abi"
ln -sf "libasa_failover.so.$abi" "$root/lib/libasa_failover.so"
sed -e "s|@PREFIX@|$prefix|" -e "s|@VERSION@|$version|" "$here/asa_failover.pc.in" \
    >"$root/lib/pkgconfig/asa_failover.pc"
