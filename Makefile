# The two commands: `make demo` shows the system, `make test` proves it. Everything else is daily work.
# Each target is a thin call; the work is in deploy/ and in the tools' own settings.

PYTHON ?= python3
PY := .venv/bin/python
LOCAL := $(PY) -m deploy.local
WEB := services/workbench/web
TESTS ?=
export PYTHONDONTWRITEBYTECODE :=# a service whose modules are compiled already starts in half the time
QUICK := not slow and not faults and not crash

.DEFAULT_GOAL := help
.PHONY: help setup setup-tests demo up down status logs reset check test test-all bench verify replay contracts

help:            ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 14

setup:           ## fetch what the system needs (virtual environment, web UI, Kafka); a second run costs nothing
	@$(PYTHON) -m deploy.setup

setup-tests:     ## the same and a browser for the UI tests
	@$(PYTHON) -m deploy.setup --tests

demo: setup      ## the whole system with demo data, in the foreground; Ctrl-C stops it
	@$(LOCAL) demo

up: setup        ## the same in the background; returns when it is ready
	@$(LOCAL) up

down:            ## stop it in order
	@$(LOCAL) down

status:          ## what runs and whether it is ready; exit code 0 ready, 1 not ready, 3 not running
	@$(LOCAL) status

logs:            ## the latest lines of every part; NAME=intake for one
	@$(LOCAL) logs $(NAME)

reset:           ## stop and delete all local data
	@$(LOCAL) reset

check:           ## format, lint, types, imports, web lint and types
	@$(PYTHON) -m deploy.setup --tools
	@$(PY) -m deploy.check

test: setup-tests ## every test that fits ten minutes; TESTS=tests/intake for some
	@$(PY) -m pytest -n 3 --durations=25 -m "$(QUICK)" $(TESTS)

test-all: setup-tests ## the long ones too: crash points, killed servers
	@$(PY) -m pytest -n 3 --durations=25 $(TESTS)

bench: setup     ## ratios against a floor measured in the same run
	@$(PY) -m deploy.bench

verify:          ## check the running system across all its stores
	@$(LOCAL) run -- $(PY) -m deploy.verify

replay:          ## register every line of FILE=calls.jsonl as a call
	@$(LOCAL) run -- $(PY) -m deploy.replay "$(FILE)"

contracts: setup ## regenerate the catalogue and the snapshots of the events
	@$(PY) -m shared.contracts.catalogue
