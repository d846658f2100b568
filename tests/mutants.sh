#!/usr/bin/env bash
# Mutates what the run decides, one operator, arm or function at a time, and looks for a mutant that no test notices.
# Usage: tests/mutants.sh K/N: the K-th of N shards, from 0. By hand: a mutant takes about as long as a build of the core.
#
# The first round asks the quick tests that drive decisions, which notice nine of ten. What they miss is asked again of
# every test of the core. What is missed then stands in target/mutants-decide/all/mutants.out/missed.txt, and fails.
# Mutants that are no other program stand in .cargo/mutants.toml, each with its reason.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! cargo mutants --version >/dev/null 2>&1; then
    echo 'missing: cargo-mutants; install it with: cargo install cargo-mutants --locked' >&2
    exit 1
fi
shard=${1:?which shard, such as 0/8}
out=target/mutants-decide
quick=(guards guards_run pair faults preempt)
# What knows of no decision is left out, by the beginning of its name.
others=(--skip compat:: --skip show:: --skip image:: --skip session::)
# What is built is what is run: the targets are told to every call of cargo, not to `cargo test` alone.
# A mutant may wait for ever. The tests of a round take seconds; one that takes minutes is noticed by that.
common=(--package asa-failover-core --no-default-features --features twin
    --file 'asa-failover-core/src/decide/**/*.rs' --exclude 'asa-failover-core/src/decide/tests/**'
    --baseline skip --timeout 300 --cap-lints true --cargo-arg=--lib)
# A mutant is built more often than it is run; what none of them changes is built once, and kept.
export CARGO_INCREMENTAL=1 CARGO_PROFILE_DEV_OPT_LEVEL=0 CARGO_TARGET_DIR=$PWD/target/mutants-build

rm -rf "$out"
mkdir -p "$out/quick" "$out/all"
# Exit 2: a mutant was missed. 3: one took too long, which is noticed too.
code=0
nice cargo mutants "${common[@]}" "${quick[@]/#/--cargo-arg=--test=}" --shard "$shard" --output "$out/quick" -- -- "${others[@]}" || code=$?
case $code in 0 | 2 | 3) ;; *) exit "$code" ;; esac
missed=$out/quick/mutants.out/missed.txt
if [ ! -s "$missed" ]; then
    echo "shard $shard: no mutant was missed"
    exit 0
fi
# By name, as they are listed: each taken literally.
names=()
while IFS= read -r name; do names+=(--re "^$(printf '%s' "$name" | sed 's/[][\.*^$+?(){}|]/\\&/g')\$"); done <"$missed"
nice cargo mutants "${common[@]}" --cargo-arg=--tests "${names[@]}" --output "$out/all" -- -- "${others[@]}"
