# Each target does its own set-up on a machine that has Python 3.11 and make; a second call is fast.
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

# The cache of compiled kernels does not notice a change in another file's kernel: name it after all of them.
KERNELS := $(shell cat src/enbloc/kernels/*.py | cksum | cut -d' ' -f1)
export NUMBA_CACHE_DIR ?= $(CURDIR)/.cache/kernels-$(KERNELS)

.PHONY: demo test check coverage mutate sweep bench serve clean

demo: $(READY)
	$(BIN)/enbloc demo --out demo

test: $(READY)
	$(BIN)/python -m pytest -q

# All gates, in the order of how fast they fail.
check: $(READY)
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python -m pytest -q

# Every branch of the instruments is run by their own tests.
coverage: $(READY)
	$(BIN)/python -m pytest -q --cov --cov-report=term tests/stage tests/published src/enbloc/stage

# Every small change of the instruments that decisions lean on most fails a test; what survives is explained.
mutate: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[mutation]'
	$(BIN)/python -m tests.mutation

# The long form of the sampled tests.
sweep: $(READY)
	ENBLOC_SWEEP=1 $(BIN)/python -m pytest -q

bench: $(READY)
	$(BIN)/python benchmarks/run.py

serve: $(READY)
	$(BIN)/enbloc serve

# The first Python that runs and is new enough; Debian keeps venv in a package of its own.
$(READY): pyproject.toml constraints.txt
	@for each in $(PYTHON) python3 python; do \
	  $$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && py=$$each && break; \
	done; \
	test -n "$$py" || { echo "enbloc needs Python 3.11 or newer: set PYTHON=..."; exit 2; }; \
	$(BIN)/python -c '' 2>/dev/null || $$py -m venv --clear $(VENV) 2>/dev/null || { \
	  test "$$(id -u)" = 0 || { echo "Python has no venv: install the package python3-venv."; exit 2; }; \
	  apt-get update -qq && apt-get install -y -qq python3-venv && $$py -m venv --clear $(VENV); }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,bench]'
	@touch $@

clean:
	rm -rf $(VENV) .cache demo dist build
