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
ANY_PYTHON = $(if $(wildcard $(PYTHON)),$(PYTHON),python3)
SQL := db/types db/tables db/migrations db/roles.sql db/comments.sql functions tests/pgtap
AGENT_CONFIG ?= host-agent.toml

# Without a psql on PATH, the one that comes with the embedded server does.
ifneq ($(shell command -v psql),)
    PSQL_PROGRAM := psql
else
    PSQL_PROGRAM = "$$($(PYTHON) db/embedded.py bin)/psql"
    NEEDS := $(READY)
endif

ifneq ($(strip $(DATABASE_URL)),)
    URL = $$DATABASE_URL
    PSQL = $(PSQL_PROGRAM) -d "$$DATABASE_URL"
else ifneq ($(strip $(PGHOST)$(PGHOSTADDR)$(PGPORT)$(PGDATABASE)$(PGUSER)$(PGSERVICE)),)
    URL =
    PSQL = $(PSQL_PROGRAM)
else
    URL = $$($(PYTHON) db/embedded.py url)
    PSQL = $(PYTHON) db/embedded.py psql
    CREATE = $(PYTHON) db/embedded.py create
    NEEDS := $(READY)
endif

# Ends a command whose database has no pg_incident, in words instead of an SQL error.
INSTALLED = installed="$$($(PSQL) -XAtq -c "select to_regnamespace('incident') is not null")"; \
    test "$$installed" = t || { echo "There is no pg_incident in this database yet. Next: make migrate" >&2; exit 1; }
# What a person at psql wants to see: errors without the functions that they came through, empty values, wide rows one value a
# line. ~/.psqlrc is read afterwards, and wins.
TERMINAL = -v SHOW_CONTEXT=never -P null=- -P expanded=auto
# Ctrl-C ends a command quietly, without a complaint of make's.
QUIETLY = || { status=$$?; [ $$status = 130 ] || exit $$status; }

.PHONY: help
help: ## list the commands (at once)
	@echo "make COMMAND. Database: what DATABASE_URL or the PG* variables say, else an embedded server in .embedded/"
	@awk -F ':.*## ' '/^##@ / { print "\n" substr($$0, 5) ":" } \
	    /^[a-z-]+:.*## / { printf "  %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "Next: make demo"

##@ First

.PHONY: demo
demo: $(READY) ## watch incidents open, get acknowledged and resolve, on an embedded server (about 1 min)
	@$(PYTHON) -m tests.demo $(QUIETLY)

.PHONY: migrate
migrate: $(NEEDS) ## install or upgrade pg_incident in the database (a few seconds; as often as you like; SITE=3 of many)
	@$(CREATE)
	@$(PSQL) -X -v ON_ERROR_STOP=1 $(if $(SITE),-v site="$(SITE)") --single-transaction -f db/migrate.sql
	@$(PSQL) -X -v ON_ERROR_STOP=1 -f db/adopt.sql
	@# pg_cron may miss a job that is made within so large a transaction.
	@$(PSQL) -X -q -v ON_ERROR_STOP=1 -o /dev/null -c 'select incident.schedule_sweep()'
	@echo "Next: make status, make psql; on each host the agent, see README.md"

.PHONY: adopt-check
adopt-check: $(NEEDS) ## before the first migrate: what becomes of an earlier monitoring's tables, roles, views (changes nothing)
	@$(PSQL) -X -v ON_ERROR_STOP=1 -f db/adopt_check.sql

.PHONY: status
status: $(NEEDS) ## what is broken, and the five answers on one screen; fails when all is not well (at once)
	@$(INSTALLED)
	@state=0; report/status.sh $(PSQL) || state=$$?; \
	echo "Next: make psql, then: select * from incident.board; select * from incident.help;"; exit $$state

.PHONY: psql
psql: $(NEEDS) ## open psql on the database (until you leave it with \q)
	@echo "Try: select * from incident.board; select * from incident.help;" >&2
	@export LESS="$${LESS--SFX}"; exec $(PSQL) $(TERMINAL)

.PHONY: report
report: $(READY) ## seal a month, write one page of HTML and a CSV: MONTH=2026-10 (ZONE=Europe/Berlin, NOTE=...)
	@url="$(URL)"; DATABASE_URL="$$url" exec $(PYTHON) -m report --month "$(MONTH)" --zone "$(or $(ZONE),UTC)" $(if $(NOTE),--note "$(NOTE)")

.PHONY: sweep
sweep: $(NEEDS) ## run the upkeep once by hand: silence, retries, maintenance, closing, partitions (seconds)
	@$(INSTALLED)
	@$(PSQL) -X -v ON_ERROR_STOP=1 -c 'select * from incident.sweep()'
	@echo "Next: make status"

.PHONY: agent
agent: $(READY) ## run the host agent until Ctrl-C: AGENT_CONFIG=host-agent.toml, AGENT=run (once, check-config, spool)
	@url="$(URL)"; DATABASE_URL="$$url" $(PYTHON) -m host_agent --config "$(AGENT_CONFIG)" $(or $(AGENT),run) $(QUIETLY)
	@echo "Next: make status"

.PHONY: stop
stop: ## stop the embedded server; its data stays (a second)
	@$(ANY_PYTHON) db/embedded.py stop
	@echo "Next: any command starts it again"

.PHONY: clean
clean: ## remove .venv, builds and caches, stop the embedded server; no data is touched (seconds)
	@$(ANY_PYTHON) db/embedded.py stop
	@rm -rf $(VENV) build dist *.egg-info .pytest_cache .ruff_cache .hypothesis grafana/render/node_modules
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@if [ -e .embedded ]; then echo "The databases in .embedded/ are still there. Next: make clean-data deletes them"; \
	    else echo "Next: make demo sets everything up again"; fi

.PHONY: clean-data
clean-data: ## delete the embedded server with all its databases, after asking (seconds)
	@if [ ! -e .embedded ]; then echo "There is no embedded server here, nothing to delete."; exit 0; fi; \
	printf 'Delete the embedded server and all databases in %s? Type yes: ' "$(CURDIR)/.embedded"; \
	read -r answer || true; \
	if [ "$${answer:-}" = yes ]; then $(ANY_PYTHON) db/embedded.py stop; rm -rf .embedded; echo "Deleted. Next: make demo"; \
	else echo "Nothing was deleted."; exit 1; fi

.PHONY: uninstall
uninstall: $(NEEDS) ## take pg_incident away; its three tables stay, unless TABLES=drop REALLY=database name (seconds)
	@$(INSTALLED)
	@$(PSQL) -X -1 -v tables=$(or $(TABLES),keep) -v really=$(or $(REALLY),no) -f db/uninstall.psql
	@echo "Next: make migrate installs it again"

##@ Many sites (docs/sites.md)

.PHONY: demo-sites
demo-sites: $(READY) ## watch two sites and a central database: a failure, a verb, a cut line (about 1 min)
	@$(PYTHON) -m tests.demo.sites $(QUIETLY)

SITES = PSQL_PROGRAM="$$(command -v $(PSQL_PROGRAM))" $(PSQL) -X -v site="$(SITE)" -v from="$(FROM)" -v resync=$(or $(RESYNC),no) -v unreachable=$(or $(UNREACHABLE),no)

.PHONY: publish
publish: $(NEEDS) ## at a site: let a central database follow it, under a name: SITE=munich (a second; idempotent)
	@$(INSTALLED)
	@$(SITES) -f db/publish.psql

.PHONY: subscribe
subscribe: $(NEEDS) ## at the central database: follow a site: SITE=munich FROM=postgresql://... (RESYNC=yes: all anew)
	@$(INSTALLED)
	@$(SITES) -f db/subscribe.psql

.PHONY: unsubscribe
unsubscribe: $(NEEDS) ## at the central database: follow a site no more: SITE=munich (UNREACHABLE=yes: it is gone)
	@$(INSTALLED)
	@$(SITES) -f db/unsubscribe.psql

.PHONY: move-host
move-host: $(READY) ## move a host with its samples and history: HOST=studio FROM=postgresql://... TO=postgresql://...
	@$(PYTHON) -m db.move_host --host "$(HOST)" --from "$(FROM)" --to "$(TO)"

##@ For developers

.PHONY: dist
dist: $(READY) ## build what a release holds into dist/, byte by byte the same from the same commit (about 20 s)
	@$(PYTHON) -m db.dist
	@echo "Next: psql -X -1 -f dist/pg_incident-*.sql installs or upgrades without this tree"

.PHONY: setup
setup: $(READY) ## make .venv with everything needed (about 1 min, once; the other commands do it themselves)
	@echo "Ready. Next: make demo"

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

.PHONY: packages
packages:
	@tests/install_packages

# A process for each processor, at most 8: each has a server of every PostgreSQL for itself.
PYTEST = $(PYTHON) -m pytest -n logical --maxprocesses 8 --dist worksteal --progress -o console_output_style=classic

.PHONY: test
test: packages $(READY) ## run every test on every PostgreSQL found, property tests bounded (about 10 min on 2 cores)
	@$(PYTEST) $(ARGS)
	@echo "Next: make lint; make nightly runs the property tests at full length"

.PHONY: pgtap
pgtap: packages $(READY) ## run the pgTAP files alone, with DATABASE_URL by pg_prove in that database (about 1 min)
	@if [ -n "$${DATABASE_URL:-}" ]; then $(PYTHON) -m tests.support.prove $(ARGS); \
	    else $(PYTEST) tests/pgtap $(ARGS); fi
	@echo "Next: make test"

.PHONY: nightly
nightly: $(READY) ## the long property tests, and each rule broken on purpose (about 1 h)
	@INCIDENT_FULL=1 INCIDENT_EXPLORE=1 $(PYTEST) -m nightly $(ARGS)
	@echo "Next: make bench"

.PHONY: bad-day
bad-day: $(READY) ## outage, recovery, kill -9, open psql, deployment and draining spools at once (about 4 min)
	@$(PYTHON) -m tests.bad_day $(ARGS)
	@echo "Next: the same with a large site: make bad-day ARGS='--hosts 2000 --pace 2' (about 40 min)"

.PHONY: lint
lint: $(READY) ## check format and rules of Python and SQL, and the gates of the tree (about 2 min)
	@$(VENV)/bin/ruff check
	@$(VENV)/bin/ruff format --check
	@$(VENV)/bin/sqlfluff lint --disable-progress-bar $(SQL)
	@$(VENV)/bin/sqlfluff lint --disable-progress-bar --templater placeholder grafana/queries
	@$(VENV)/bin/squawk --reporter gcc db/types/*.sql db/tables/*.sql $(wildcard db/migrations/*.sql)
	@$(PYTHON) -m tests.support.flatten pgspot
	@$(PYTHON) -m pytest -q tests/integration/test_gates.py
	@echo "Next: make test"

.PHONY: format
format: $(READY) ## put Python and SQL into the format that lint asks for (about 2 min)
	@$(VENV)/bin/ruff check --fix
	@$(VENV)/bin/ruff format
	@$(VENV)/bin/sqlfluff fix --disable-progress-bar $(SQL)
	@$(VENV)/bin/sqlfluff fix --disable-progress-bar --templater placeholder grafana/queries
	@echo "Next: make lint"

.PHONY: bench
bench: $(READY) ## measure rows per second against a bare table and a per-row trigger (about 20 min)
	@$(PYTHON) -m tests.bench $(ARGS)
	@echo "Next: compare with docs/bench.md"

.PHONY: bench-scale
bench-scale: $(READY) ## how cost grows with the fleet, from 1,000 devices on: DEVICES="1000 10000 100000" (about 5 min)
	@$(PYTHON) -m tests.bench scale --devices $(or $(DEVICES),1000 10000 100000)
	@echo "Next: compare with docs/scale.md"

.PHONY: schema
schema: $(READY) ## rewrite db/schema.sql: tables, views and signatures of a fresh install (seconds)
	@$(PYTHON) -m tests.support.generate schema
	@echo "Next: git diff db/schema.sql"

.PHONY: docs
docs: $(READY) ## rewrite docs/reference.md, docs/permissions.md from COMMENTs and GRANTs (seconds)
	@$(PYTHON) -m tests.support.generate reference permissions
	@echo "Next: git diff docs"

.PHONY: dashboards
dashboards: $(READY) ## rewrite Grafana's dashboards and alert rules from grafana/queries: ZONE=UTC (a second)
	@GRAFANA_ZONE="$(ZONE)" $(PYTHON) -m grafana.builder
	@echo "Next: make test-browser"

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
screenshots: $(READY) $(RENDER) ## show the dashboards in Chromium, rewrite docs/images (about 3 min, first 2 min more)
	@$(PYTHON) -m tests.grafana.shown
	@echo "Next: git diff docs/images"

.PHONY: test-browser
test-browser: $(READY) $(RENDER) ## look at dashboards and report in Chromium: errors, colours, links (about 3 min, first 2 min more)
	@$(PYTHON) -m pytest -m browser tests/grafana tests/reporting $(ARGS)
	@echo "Next: make screenshots"
