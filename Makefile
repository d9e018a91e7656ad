# Every command a person types. `make` alone lists them.
#
# Which database: DATABASE_URL if set, else what PGHOST, PGDATABASE, PGSERVICE ... say, else the embedded server
# in .embedded/, started when needed.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

VENV := .venv
PYTHON := $(VENV)/bin/python
READY := $(VENV)/.ready
SQL := db/types db/tables db/migrations db/roles.sql db/comments.sql functions tests/pgtap
AGENT_CONFIG ?= host-agent.toml

ifneq ($(strip $(DATABASE_URL)),)
    URL = $$DATABASE_URL
    PSQL = $(or $(shell command -v psql),$(EMBEDDED_PSQL)) -d "$$DATABASE_URL"
else ifneq ($(strip $(PGHOST)$(PGHOSTADDR)$(PGPORT)$(PGDATABASE)$(PGUSER)$(PGSERVICE)),)
    URL =
    PSQL = $(or $(shell command -v psql),$(EMBEDDED_PSQL))
else
    URL = $$($(PYTHON) db/embedded.py url)
    PSQL = $(PYTHON) db/embedded.py psql
    NEEDS := $(READY)
endif
# Without a psql on PATH, the one that comes with the embedded server does.
EMBEDDED_PSQL = $$($(PYTHON) db/embedded.py bin)/psql
ifeq ($(shell command -v psql),)
    NEEDS := $(READY)
endif

.PHONY: help
help: ## list the commands
	@echo "pg_incident: make COMMAND. Database: DATABASE_URL or PG* variables, else an embedded server."
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: setup
setup: $(READY) ## make .venv with everything needed (about 1 min, once)

$(READY): pyproject.toml
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "make setup needs Python 3.11 or newer as python3; found: $$(python3 --version 2>&1 || true)" >&2; \
	    echo "Install it (Debian 12, Ubuntu 24.04: apt-get install python3 python3-venv) and run make again." >&2; \
	    exit 1; }
	@echo "Installing the Python tools into $(VENV) (about 1 min, once) ..."
	@umask 022; python3 -m venv $(VENV) || { \
	    echo "python3 cannot make a virtual environment. Debian, Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@umask 022; $(PYTHON) -m pip install -qq --disable-pip-version-check --editable '.[dev]' || { \
	    echo "pip failed (see above). With psql and a server of your own, make migrate works without it:" >&2; \
	    echo "DATABASE_URL=postgresql://user@host/dbname make migrate" >&2; exit 1; }
	@touch $@

.PHONY: migrate
migrate: $(NEEDS) ## install or upgrade the database (a few seconds; run it as often as you like)
	@$(PSQL) -X -v ON_ERROR_STOP=1 --single-transaction -f db/migrate.sql
	@$(PSQL) -X -v ON_ERROR_STOP=1 -f db/adopt.sql

.PHONY: psql
psql: $(NEEDS) ## open psql on the database
	@exec $(PSQL)

.PHONY: status
status: $(NEEDS) ## what is broken, and the five answers on one screen
	@$(PSQL) -X -At -v ON_ERROR_STOP=1 -c "select rpad(topic, 14) || answer from incident.status()"

.PHONY: sweep
sweep: $(NEEDS) ## run the upkeep once, by hand: silence, retries, maintenance, closing, partitions
	@$(PSQL) -X -v ON_ERROR_STOP=1 -c 'select * from incident.sweep()'

.PHONY: agent
agent: $(READY) ## run the host agent: AGENT_CONFIG=host-agent.toml, AGENT=run (or once, check-config, spool)
	@url="$(URL)"; DATABASE_URL="$$url" exec $(PYTHON) -m host_agent --config $(AGENT_CONFIG) $(or $(AGENT),run)

.PHONY: demo
demo: $(READY) ## watch incidents open, get acknowledged and resolve on the embedded server (about 90 s)
	@$(PYTHON) -m tests.demo

.PHONY: packages
packages:
	@tests/install_packages

.PHONY: test
test: packages $(READY) ## install what the tests need, run them all on every PostgreSQL found (several minutes)
	@echo "Running the tests (several minutes) ..."
	@$(PYTHON) -m pytest $(ARGS)

.PHONY: nightly
nightly: $(READY) ## the long property tests
	@$(PYTHON) -m pytest -m nightly $(ARGS)

.PHONY: lint
lint: $(READY) ## check format and rules of Python and SQL, and the gates of the tree
	@$(VENV)/bin/ruff check
	@$(VENV)/bin/ruff format --check
	@$(VENV)/bin/sqlfluff lint --disable-progress-bar $(SQL)
	@$(VENV)/bin/sqlfluff lint --disable-progress-bar --templater placeholder grafana/queries
	@$(VENV)/bin/squawk --reporter gcc db/types/*.sql db/tables/*.sql $(wildcard db/migrations/*.sql)
	@$(PYTHON) -m tests.support.flatten pgspot
	@$(PYTHON) -m pytest -q tests/integration/test_gates.py

.PHONY: format
format: $(READY) ## put Python and SQL into the format that lint asks for
	@$(VENV)/bin/ruff check --fix
	@$(VENV)/bin/ruff format
	@$(VENV)/bin/sqlfluff fix --disable-progress-bar $(SQL)
	@$(VENV)/bin/sqlfluff fix --disable-progress-bar --templater placeholder grafana/queries

.PHONY: bench
bench: $(READY) ## measure rows per second against a bare table and a per-row trigger
	@$(PYTHON) -m tests.bench $(ARGS)

.PHONY: schema
schema: $(READY) ## rewrite db/schema.sql: tables, views and signatures of a fresh install
	@$(PYTHON) -m tests.support.generate schema

.PHONY: docs
docs: $(READY) ## rewrite docs/reference.md and docs/permissions.md from COMMENTs and GRANTs of a fresh install
	@$(PYTHON) -m tests.support.generate reference permissions

.PHONY: dashboards
dashboards: $(READY) ## rewrite Grafana's dashboards and alert rules from grafana/queries and grafana/builder
	@$(PYTHON) -m grafana.builder

RENDER := grafana/render/node_modules/.package-lock.json
CHROMIUM ?= $(or $(shell command -v chromium),$(shell command -v chromium-browser),$(shell command -v google-chrome))
export CHROMIUM

# Chromium and Grafana's published components, for the two commands below alone (about 2 min, 700 MB, once).
$(RENDER): grafana/render/package.json grafana/render/package-lock.json
	@tests/install_packages browser
	@echo "Installing Grafana's components with npm (about 1 min, once) ..."
	@cd grafana/render && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

.PHONY: screenshots
screenshots: $(READY) $(RENDER) ## show the dashboards with rows of a week in Chromium, rewrite docs/images
	@$(PYTHON) -m tests.grafana.shown

.PHONY: test-browser
test-browser: $(READY) $(RENDER) ## look at the dashboards in Chromium: errors, colours, texts, links
	@$(PYTHON) -m pytest -m browser tests/grafana $(ARGS)

.PHONY: clean
clean: ## stop the embedded server and remove its data, .venv and caches
	@if [ -e .embedded/data/postmaster.pid ]; then $(PYTHON) db/embedded.py stop; fi
	@rm -rf .embedded $(VENV) build *.egg-info .pytest_cache .ruff_cache .hypothesis grafana/render/node_modules
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
