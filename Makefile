# duizhang (对账). `make help` lists what there is to do; every target sets the environment up first.
#
# Needs Python 3.11–3.13 with pip, and make. Everything else comes from the locked package list (uv.lock).

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

RAW ?= raw
WAREHOUSE ?= warehouse
WORKERS ?=

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
# uv itself: the one on PATH when it runs, else a private one below .uv (works where the system Python is
# externally managed or has no ensurepip, because pip's --target touches neither)
UV := $(shell uv --version >/dev/null 2>&1 && echo uv || echo .uv/bin/uv)
export UV_PYTHON_DOWNLOADS := never
export DAGSTER_HOME := $(CURDIR)/dagster_home
export PYTHONUTF8 := 1

.PHONY: help setup run test test-slow dev bench lint samples docs examples clean

help:  ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

setup: $(READY)  ## Install the locked packages into .venv (every target below does this first)

$(READY): uv.lock pyproject.toml
	@[ "$(UV)" = uv ] || [ -x .uv/bin/uv ] || $(PYTHON) -m pip install --quiet --root-user-action ignore --target .uv uv
	@$(UV) sync --frozen --quiet
	@touch $@

run: $(READY)  ## Load RAW= (raw), build, check and publish WAREHOUSE= (warehouse), print a summary
	@$(BIN)/duizhang load --raw "$(RAW)" --warehouse "$(WAREHOUSE)" $(if $(WORKERS),--workers $(WORKERS))

test: $(READY)  ## The tests, in minutes
	@$(BIN)/pytest -n auto -m "not slow" $(ARGS) || [ $$? -eq 5 ]  # 5: no tests collected

test-slow: $(READY)  ## The suites that take longer: killed runs, fresh processes, timing
	@$(BIN)/pytest -m slow $(ARGS) || [ $$? -eq 5 ]

dev: $(READY)  ## Open the Dagster UI on http://127.0.0.1:3000 (lineage from files to marts)
	@DUIZHANG_RAW="$(abspath $(RAW))" DUIZHANG_WAREHOUSE="$(abspath $(WAREHOUSE))" \
	  $(BIN)/dagster dev --module-name pipelines.definitions --host 127.0.0.1 --port $(or $(PORT),3000)

bench: $(READY)  ## Measure what has a budget: Dagster definitions, rules over 10⁴–10⁶ checks, their validation, adding a filing to 2,000, the quality site, planted errors, a nation, a night over 5,000 PDFs (NIGHT=)
	@failed=0; for each in definitions rules validation planted incremental site nation "nightly $(if $(NIGHT),--documents $(NIGHT))"; do \
	  $(BIN)/python -m benchmarks.$$each || failed=1; done; exit $$failed

lint: $(READY)  ## Style, formatting and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

samples: $(READY)  ## Typeset raw/samples/ again from its declared facts
	@$(BIN)/python -m tests.samples

docs: $(READY)  ## Generate docs/dictionary.md, docs/rules/ and the Dagster index of SQL models again
	@$(BIN)/python -m pipelines.generated
	@$(BIN)/python -m data_quality.pages

examples: $(READY)  ## Look for an example of every rule in invented papers again (docs/rules/examples.json); then make docs
	@$(BIN)/python -m tests.planting.examples

clean:  ## Remove environment and caches; raw files and warehouses stay
	@rm -rf .venv .uv .mypy_cache .ruff_cache .pytest_cache .hypothesis sql/target sql/logs logs
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
