# Everything you do with Assay, by name. `make` alone lists it.
# PORT, HOST, ASSAY_HOME and DATABASE_URL are honoured; see docs/reference/settings.md.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r
SERVE := exec $(BIN)/python -m config.serve
PYTEST_ARGS ?=
ARTICLE ?=
DATA ?= ../shared/data

export PORT HOST ASSAY_HOME DATABASE_URL

# An empty variable is no choice: do not hand it on.
$(foreach name,PORT HOST ASSAY_HOME DATABASE_URL,$(if $($(name)),,$(eval unexport $(name))))

.PHONY: help setup demo reset test check fix docs openapi bench ci dev db

help:  ## list these commands
	@echo "Usage: make COMMAND [PORT=8001] [ASSAY_HOME=folder] [DATABASE_URL=postgres://…]"
	@echo
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | \
		while IFS='|' read -r name text; do printf '  %-7s %s\n' "$$name" "$$text"; done

setup: $(VENV)/.base  ## create the virtual environment and install the pinned packages

demo: $(VENV)/.base  ## serve the desk with the demo in it; ARTICLE=path-or-address adds yours
	@$(SERVE) --demo -- $(if $(ARTICLE),"$$ARTICLE")
demo: export ARTICLE := $(ARTICLE)

reset: $(VENV)/.base  ## clear the embedded database and the files of the desk
	@$(BIN)/python -m config.reset

test: $(VENV)/.dev  ## run the tests; PYTEST_ARGS="tests/claims -x" chooses
	@$(BIN)/python -m pytest -n auto $(PYTEST_ARGS)

check: $(VENV)/.dev  ## check format, style, types, layers, templates and migrations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	find templates -name '*.html' -exec $(BIN)/djade --target-version 5.2 --check {} +
	$(BIN)/python manage.py makemigrations --check --dry-run

fix: $(VENV)/.dev  ## put right what a program can: format, style, templates
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	find templates -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} +

docs: $(VENV)/.base $(VENV)/.docs  ## build the documentation into docs/_build/html
	$(BIN)/sphinx-build -W --keep-going -q docs docs/_build/html

openapi: $(VENV)/.base  ## write the committed OpenAPI document anew
	@$(BIN)/python manage.py spectacular --validate --fail-on-warn --file docs/reference/openapi.yaml

bench: $(VENV)/.dev  ## measure on real data; DATA=folder says where it is
	$(BIN)/python benchmarks/ingest.py $(DATA)/pages
	$(BIN)/python benchmarks/anchoring.py $(DATA)
	$(BIN)/python benchmarks/quotes.py $(DATA)
	$(BIN)/python benchmarks/api_load.py $(DATA)
	$(BIN)/python benchmarks/api_writes.py
	$(BIN)/python benchmarks/passages.py $(DATA)/support_wice_dev.jsonl
	$(BIN)/python benchmarks/records.py $(DATA)/averitec_train.jsonl
	$(BIN)/python benchmarks/chain.py --claims 500
	$(BIN)/python benchmarks/detection.py $(DATA)/..

ci: check test docs  ## all that must pass

dev: $(VENV)/.dev  ## serve the desk as it is, without the demo
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(SERVE)

db: $(VENV)/.base  ## open the database in psql
	@$(BIN)/python manage.py dbshell

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Assay needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) --version 2>&1)."; \
		echo "Name another: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Creating $(VENV) with $$($(PYTHON) --version) …"
	@said=$$($(PYTHON) -m venv $(VENV) 2>&1) || { rm -rf $(VENV); echo "$$said"; \
		echo "On Debian and Ubuntu, venv is a package of its own: apt-get install python3-venv"; \
		exit 1; }

# A stamp is made when an installation is complete, and again when its pins have changed.
$(VENV)/.%: requirements/%.txt | $(VENV)/bin/python
	@echo "Installing the packages of $< …"
	@said=$$($(INSTALL) $< 2>&1) || { echo "$$said"; exit 1; }
	@touch $@
