# One script for people and for CI; every target makes the environment it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXTRAS := neural,endpoint,cluster,web,tracing

.DEFAULT_GOAL := help
.PHONY: help demo run test lint types imports check bench chaos migration schema reference pictures clean

help:  ## Show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/.installed  ## Read three digests made from the bundled sample
	@$(BIN)/habarshy demo

run: $(VENV)/.installed  ## Serve subscribers (needs HABARSHY_BOT_TOKEN)
	@$(BIN)/habarshy run

test: $(VENV)/.tested  ## Run every test
	$(BIN)/pytest -n auto --maxprocesses 4

lint: $(VENV)/.tested  ## Style
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/.tested  ## Types
	$(BIN)/mypy

imports: $(VENV)/.tested  ## Layers and cycles
	$(BIN)/lint-imports

check: lint types imports test  ## All of the above

bench: $(VENV)/.tested  ## Benchmarks, a table each
	@set -e; for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python $$script; done

chaos: $(VENV)/.tested  ## Broadcasts in bad nights, the long form: some minutes, then a table
	@$(BIN)/python dev/chaos.py

migration: $(VENV)/.tested  ## Write the next Alembic revision: make migration m="keep what readers mute"
	@$(BIN)/python dev/new_migration.py "$(m)"
	@$(BIN)/ruff format --quiet bot/store/migrations/versions

schema: $(VENV)/.tested  ## Write what the migrations make of a new SQLite file
	@$(BIN)/python dev/schema.py

reference: $(VENV)/.tested  ## Write docs/reference from the code
	@$(BIN)/python dev/reference.py

pictures: $(VENV)/.tested  ## Take the README's pictures of the site (needs Chromium)
	@$(BIN)/python dev/pictures.py

clean:  ## Remove the environment and caches
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[$(EXTRAS)]'
	@touch $@

$(VENV)/.tested: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[$(EXTRAS),test]'
	@touch $@ $(VENV)/.installed
