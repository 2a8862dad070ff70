# Everything runs from .venv, which every target sets up by itself: Python 3.11 or newer, git and make are all you need.
# `make` alone tells what there is. Another interpreter: `make test PYTHON=python3.13`.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
LOCK   := locks/dev.txt
PIP    := $(BIN)/python -m pip --disable-pip-version-check

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

help:  ## what there is to make
	@echo 'make TARGET, with TARGET one of:'
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  \1@\2/' | awk -F@ '{ printf "%-16s %s\n", $$1, $$2 }'

site: $(READY)  ## lint the records and build public/
	$(BIN)/postmortem lint
	$(BIN)/postmortem build --out public
	@echo 'Built. Look at public/index.html, or see it live: make serve'

serve: $(READY)  ## show the site live on http://127.0.0.1:8000/
	$(BIN)/postmortem serve

test: $(READY)  ## style, types and the everyday tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 -m 'not soak and not browser'

soak: $(READY)  ## the long tests
	$(BIN)/python -m pytest -n 2 -m soak

test-browser: $(READY)  ## the tests in a real headless Chromium
	sh tests/browser/install.sh
	$(BIN)/python -m pytest -m browser -ra

bench: $(READY)  ## measure build time, size and memory
	$(BIN)/python -m benchmarks.site

format: $(READY)  ## bring the code into the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

wheel: $(READY)  ## build dist/*.whl
	$(BIN)/python -m hatchling build -t wheel

lock: $(READY)  ## renew locks/ from pyproject.toml
	sh locks/renew.sh $(PYTHON)

clean:  ## remove what was built, keep .venv
	rm -rf public dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .postmortem-cache

# Set-up runs again when the lock, pyproject.toml or the chosen interpreter's venv is gone or newer.
$(READY): $(LOCK) pyproject.toml
	@$(PYTHON) locks/check_python.py
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --require-hashes -r $(LOCK)
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

.PHONY: help site serve test soak test-browser bench format wheel lock clean
