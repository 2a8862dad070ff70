# Everything runs from a virtualenv that every target sets up by itself: Python 3.11 or newer, git and make are all you need.
# `make` alone tells what there is. With another interpreter, in a virtualenv of its own: `make test PYTHON=python3.13`.

PYTHON ?= python3
ifeq ($(origin PYTHON),file)
VENV := .venv
else
VENV := .venv-$(notdir $(PYTHON))
endif
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet --require-hashes --no-build-isolation

# Two steps, so that building a site does not wait for what only the tests need.
RUN := $(VENV)/.ready-to-run
DEV := $(VENV)/.ready-to-test

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

help:  ## show this list
	@echo 'make TARGET, with TARGET one of:'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1@\2/p' $(MAKEFILE_LIST) | awk -F@ '{ printf "  %-14s %s\n", $$1, $$2 }'

site: $(RUN)  ## lint the records and build public/
	$(BIN)/postmortem lint
	$(BIN)/postmortem build
	@echo 'Built: open public/index.html, or see it live with: make serve'

serve: $(RUN)  ## show the site live while you write
	$(BIN)/postmortem serve

set-up: $(RUN)  ## only set up what postmortem itself needs, for .venv/bin/postmortem

test: $(DEV)  ## style, types and the everyday tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 -m 'not soak and not browser'

soak: $(DEV)  ## the long tests: many generated records, many examples
	$(BIN)/python -m pytest -n 2 -m soak --hypothesis-profile soak

test-browser: $(DEV)  ## the tests that drive a headless Chromium
	tools/chromium.sh
	$(BIN)/python -m pytest -n 2 -rs -m browser

screenshots: $(DEV)  ## a picture of each kind of page, light and dark, narrow and wide, into screenshots/
	tools/chromium.sh
	$(BIN)/python -m tools.screenshots screenshots

html: $(RUN)  ## hold the built public/ against the Nu HTML checker (where there is Java, and vnu.jar or npx)
	tools/html.sh public

# BENCH_RECORDS=10000 is the size that figures are given for; it takes a few minutes.
BENCH_RECORDS := 1000

bench: $(DEV)  ## measure build, lint, import and enrich: time, memory and size (BENCH_RECORDS=10000)
	$(BIN)/python -m benchmarks.site --records $(BENCH_RECORDS)
	$(BIN)/python -m benchmarks.lint --records $(BENCH_RECORDS)
	$(BIN)/python -m benchmarks.sources
	$(BIN)/python -m benchmarks.enrich

format: $(DEV)  ## bring the code into the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

wheel: $(RUN)  ## build dist/*.whl
	$(BIN)/python -m hatchling build -t wheel

lock:  ## renew locks/ (LOCK_OPTIONS='--upgrade', or '--upgrade-package NAME')
	@$(PYTHON) tools/check_python.py
	tools/lock.sh $(PYTHON) $(LOCK_OPTIONS)

clean:  ## remove what was built or cached, keep the virtualenv
	rm -rf public dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .postmortem-cache

# Set-up runs again only when a lock or pyproject.toml is newer than its stamp. The build tools come first and by hash, too:
# feedgen is published as source only, and would else fetch its own, unlocked.
$(RUN): locks/build.txt locks/run.txt pyproject.toml
	@$(PYTHON) tools/check_python.py
	@echo 'Setting up $(VENV) …'
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv $(VENV)
	@$(PIP) -r locks/build.txt
	@$(PIP) -r locks/run.txt
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(DEV): $(RUN) locks/dev.txt
	@echo 'Adding what the tests need to $(VENV) …'
	@$(PIP) -r locks/dev.txt
	@touch $@

.PHONY: help site serve set-up test soak test-browser screenshots html bench format wheel lock clean
