# Commonweal. `make demo` shows it; `make test` proves it. Both need Python 3.11 or newer, git and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BUILT := src/commonweal/web/static/built/manifest.json
FRONTEND := $(shell find frontend -type f -not -path '*/node_modules/*' 2>/dev/null)
WORKSPACE ?= workspace
# A folder of real data files, where there is one: they take the place of the pack's tables.
DATA ?= $(wildcard ../shared/data)

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

.PHONY: help demo test check format unit real browser docs lock bench clean chromium install messages
.DEFAULT_GOAL := help

help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

demo: $(VENV)/.run $(BUILT) ## Build a Los Angeles workspace and serve it on http://127.0.0.1:8000
	@$(BIN)/commonweal demo --workspace $(WORKSPACE) $(if $(DATA),--data $(DATA))

test: $(VENV)/.develop $(BUILT) chromium ## Run every check and every test
	$(BIN)/ruff format --check src tests benchmarks frontend hatch_build.py
	$(BIN)/ruff check src tests benchmarks frontend hatch_build.py
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 --dist loadfile -m "not browser"
	$(BIN)/pytest -m browser

check: $(VENV)/.develop ## Format, lint, types and import contracts only
	$(BIN)/ruff format src tests benchmarks frontend hatch_build.py
	$(BIN)/ruff check --fix src tests benchmarks frontend hatch_build.py
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: $(VENV)/.develop $(BUILT) ## Run the tests without a browser
	$(BIN)/pytest -n 2 --dist loadfile -m "not browser"

browser: $(VENV)/.develop $(BUILT) chromium ## Run the browser tests only
	$(BIN)/pytest -m browser

docs: $(VENV)/.develop ## Write the generated reference pages
	$(BIN)/commonweal reference --write docs/reference

messages: $(VENV)/.develop ## Take new strings of code and templates into the language catalogs
	$(BIN)/python -m commonweal.reports.catalogs

bench: $(VENV)/.develop $(BUILT) ## Run the benchmarks and write benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks

install: $(VENV)/.run $(BUILT) ## Create the environment and build the front end, without running anything

lock: ## Pin every dependency again, with hashes
	uv pip compile -q --universal --generate-hashes --python-version 3.11 pyproject.toml -o requirements/run.txt
	uv pip compile -q --universal --generate-hashes --python-version 3.11 requirements/build.in -o requirements/build.txt
	uv pip compile -q --universal --generate-hashes --python-version 3.11 --extra dev pyproject.toml requirements/build.in -o requirements/develop.txt

clean: ## Remove what was built; workspaces stay
	rm -rf $(VENV) frontend/node_modules src/commonweal/web/static/built .mypy_cache .ruff_cache .pytest_cache

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Commonweal needs Python 3.11 or newer.")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.txt requirements/build.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install -q --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install -q --require-hashes -r requirements/build.txt
	$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.develop: requirements/develop.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install -q --require-hashes -r requirements/develop.txt
	$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.run

$(BUILT): $(FRONTEND) | $(BIN)/python
	@if [ ! -e $(VENV)/.run ] && [ ! -e $(VENV)/.develop ]; then $(MAKE) $(VENV)/.run; fi
	$(BIN)/python frontend/build.py
	@touch $@

chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || \
	  { echo "Installing Chromium for the browser tests"; apt-get update -qq && apt-get install -y -qq chromium; } || \
	  { echo "The browser tests need Chromium: install Debian's package chromium."; exit 1; }
