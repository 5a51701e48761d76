# Every target makes what it needs. Only Python >= 3.11 with venv, and make, must be there before.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
PINS   := requirements/constraints.txt

.DEFAULT_GOAL := help
.PHONY: audit coverage evidence help install demo test test-slow check format docs bench dist matrix licences pins clean

help: ## List the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 12

install: $(READY) ## Make .venv with the pinned dependencies

$(READY): pyproject.toml $(PINS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "monps needs Python 3.11 or newer: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --constraint $(PINS) --editable '.[postgres,plot,distributed,telemetry]' \
	  --group test --group check --group docs --group release
	$(BIN)/python -m compileall -q src
	@touch $@

demo: $(READY) ## A simulated league, from its files to prices and a scorecard
	$(BIN)/monps demo

test: $(READY) ## All tests (SQLite and an embedded PostgreSQL), and the documents' examples
	$(BIN)/python -m pytest

test-slow: $(READY) ## The long ones: kills, damaged files, whole data folders
	$(BIN)/python -m pytest -m slow

coverage: $(READY) ## The tests with coverage of lines and branches: 95 % of all, everything in three rooms
	$(BIN)/python -m pytest --cov --cov-report=
	$(BIN)/coverage report --skip-covered --fail-under=95
	$(BIN)/coverage report --skip-covered --fail-under=100 --include='src/monps/numerics/*,src/monps/markets/*,src/monps/staking/*'

check: $(READY) ## Format, lint, types, layer contracts, documents
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sphinx-build -q -W --keep-going -b html docs docs/_build/html

audit: $(READY) ## Known vulnerabilities of what is pinned; skipped where nobody can be asked
	$(BIN)/python .ci/audit.py

format: $(READY) ## Rewrite the files in the house style
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

docs: $(READY) ## The site, in docs/_build/html
	$(BIN)/sphinx-build -W -b html docs docs/_build/html

bench: $(READY) ## Measure speed and size, side by side with the peers
	$(BIN)/python -m pip install --quiet --constraint $(PINS) --group bench
	$(BIN)/python -m benchmarks

dist: $(READY) ## Wheel and source distribution, in dist
	rm -rf dist
	$(BIN)/python -m build

matrix: $(READY) ## All tests on every supported Python that is found (many minutes each)
	$(BIN)/python release/interpreters.py

licences: $(READY) ## List anew what is installed, with licences
	$(BIN)/python release/licences.py

evidence: $(READY) ## Measure everything again that the documents' evidence pages show (an hour; needs real data)
	$(BIN)/python -m benchmarks accuracy calibration
	$(BIN)/python -m benchmarks.evidence
	$(BIN)/python -m benchmarks.betting_page
	$(BIN)/python -m benchmarks.scorers docs/_figures/scorer_calibration.csv
	$(BIN)/python docs/_figures/scorer_calibration.py

pins: ## Resolve the pins anew (uv is needed for this one alone)
	uv pip compile pyproject.toml --universal --python-version 3.11 --all-extras --group test --group check --group docs \
	  --group release --upgrade --no-header --no-annotate --no-emit-index-url --no-emit-find-links --output-file $(PINS)

clean: ## Remove what was made
	rm -rf $(VENV) docs/_build .mypy_cache .ruff_cache .pytest_cache .hypothesis
