# Every command sets up what it needs and skips what is already there. `make help` lists them.

PORT ?= 8000
DATA_DIR ?= ./data
ARGS ?=
QUICK ?=
AGAINST ?=
WORKERS ?= 3
DEEP ?=
export DEEP

# The first Python on the PATH that is new enough; PYTHON=… names another.
ifndef PYTHON
PYTHON := $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$name && break; done)
endif
ifeq ($(PYTHON),)
PYTHON := { echo "Python 3.11 or newer is needed, and there is none on the PATH." >&2; exit 1; }; :
endif
HOUSE = $(PYTHON) scripts/house.py
VENV_PYTHON = .venv/bin/python
# A Node from a wheel lives in .venv/node; the folder is absent when the system's own is new enough.
NPM = PATH="$(CURDIR)/.venv/node:$$PATH" CI=true npm --prefix frontend

# Where Python keeps no compiled files, each of the hundred servers that the tests start compiles the program anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run dev quick test check bench lighthouse screens markup faults attacks property build types messages lock clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 16

run: ## serve on PORT (8000) with the data in DATA_DIR (./data), until stopped
	@$(HOUSE) setup run
	@exec $(VENV_PYTHON) manage.py serve --port "$(PORT)" --data-dir "$(DATA_DIR)"

dev: ## serve on PORT (8000) from the sources: screens change as they are saved, the server restarts by itself
	@$(HOUSE) setup dev
	@cd frontend && PATH="$(CURDIR)/.venv/node:$$PATH" PORT="$(PORT)" DATA_DIR="$(abspath $(DATA_DIR))" PYTHON="$(CURDIR)/$(VENV_PYTHON)" exec node dev.js

quick: ## the pure tests of rules, audience, ballots and kinds, within 20 seconds; ARGS="-k votes" for some
	@$(HOUSE) setup test
	@exec $(VENV_PYTHON) -m pytest -q -n 0 -m pure tests/domain tests/kinds tests/synthesis $(ARGS)

test: ## the tests, in WORKERS (3) processes; ARGS="tests/live -k votes" for some of pytest's; DEEP=1 draws and combines more
	@$(HOUSE) setup test
	$(NPM) test
	@CHROMIUM="$$($(HOUSE) chromium)" && export CHROMIUM && exec $(VENV_PYTHON) -m pytest -n $(WORKERS) --dist loadfile $(ARGS)

check: ## formatting, lint, types, floors, migrations, translations, generated files, locks, lengths
	@$(HOUSE) setup test
	$(VENV_PYTHON) -m ruff format --check .
	$(VENV_PYTHON) -m ruff check .
	$(VENV_PYTHON) -m mypy
	.venv/bin/lint-imports
	$(VENV_PYTHON) manage.py makemigrations --check --dry-run
	$(VENV_PYTHON) manage.py types --check
	$(VENV_PYTHON) -m scripts.messages check
	$(VENV_PYTHON) -m scripts.locks
	$(VENV_PYTHON) -m scripts.lengths
	$(NPM) run check

bench: ## measure speed on this machine, into build/bench.json; QUICK=1 within about four minutes; AGAINST=commit compares
	@$(HOUSE) setup test
	@QUICK="$(QUICK)" $(VENV_PYTHON) -m tools.bench$(if $(AGAINST),.against $(AGAINST))

lighthouse: ## the phone on a slow network and processor, by Lighthouse, into build/lighthouse.json
	@$(HOUSE) setup lighthouse
	@CHROMIUM="$$($(HOUSE) chromium)" && export CHROMIUM && PATH="$(CURDIR)/.venv/node:$$PATH" exec $(VENV_PYTHON) -m tools.lighthouse

screens: ## a picture of every screen and state, into build/screens
	@$(HOUSE) setup test
	@CHROMIUM="$$($(HOUSE) chromium)" && export CHROMIUM && exec $(VENV_PYTHON) -m tools.screens

markup: ## html-validate and pa11y's rules over the HTML of every state; ARGS="stage console" for some
	@$(HOUSE) setup test
	@CHROMIUM="$$($(HOUSE) chromium)" && export CHROMIUM && PATH="$(CURDIR)/.venv/node:$$PATH" exec $(VENV_PYTHON) -m tools.markup $(ARGS)

faults: ## the tests of upgrades, restores and lost parts; then everything goes wrong once, under load, into build/faults.json; ARGS="--runs 3", "--only redis", "--short"
	@$(HOUSE) setup test
	@CHROMIUM="$$($(HOUSE) chromium)" && export CHROMIUM$(if $(ARGS),, && $(VENV_PYTHON) -m pytest -n $(WORKERS) --dist loadfile -m faults) && exec $(VENV_PYTHON) -m tools.faults $(ARGS)

attacks: ## attacks from this machine on a server of its own while a room votes, into build/attacks.json; ARGS="--only frames", "--short"
	@$(HOUSE) setup test
	$(VENV_PYTHON) -m tools.attacks $(ARGS)

property: ## random scenarios against a model, for longer than the tests do; ARGS="--scenarios 500", "--database postgresql", "--mutations", "--processes"
	@$(HOUSE) setup test
	$(VENV_PYTHON) -m tools.property $(ARGS)

build: ## the frontend's bundle, into frontend/dist
	@$(HOUSE) setup run

types: ## write the frontend's types, the JSON Schema and the tables of docs/protocol.md from the protocol's structs
	@$(HOUSE) setup run
	@$(VENV_PYTHON) manage.py types

messages: ## compile the Dutch and English catalogues
	@$(HOUSE) setup run

lock: ## pin the newest allowed packages in requirements/*.txt; ARGS="--upgrade" for all
	@$(HOUSE) setup test
	$(VENV_PYTHON) -m scripts.lock $(ARGS)

clean: ## remove what was made or installed here; data stays
	rm -rf .venv build frontend/node_modules frontend/dist
	find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
