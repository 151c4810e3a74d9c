# Everything builds its own environment in .venv; nothing else is touched.
# A Python of your choice: make PYTHON=python3.13 test

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
READY := .venv/ready
TESTS := .venv/ready-for-tests

.DEFAULT_GOAL := help
.PHONY: help demo test check score bench torture sbom audit lock clean

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

demo: $(READY) ## an own Apache Kafka, a worker, the seeds published, alerts on the screen
	$(BIN)/tollwire demo

test: $(TESTS) ## all tests, on a real Apache Kafka
	$(BIN)/python -m pytest

check: $(TESTS) ## style and formatting; changes nothing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

score: $(TESTS) ## the labelled news beside this checkout, if it is there: figures, places, alerts
	$(BIN)/python tests/score.py

bench: $(TESTS) ## speed: each stage as ratios within one run, then the whole way on Kafka
	$(BIN)/python tests/bench.py
	$(BIN)/python tests/bench_pipeline.py

MINUTES := 12
torture: $(TESTS) ## workers, brokers and clocks under harm for so many MINUTES; then every record is accounted for
	$(BIN)/python tests/torture --minutes $(MINUTES)

# What the program runs on and is built with; then what its tests want besides. The locks name everything, so that pip
# has nothing to look for (--no-deps).
$(READY): requirements.lock requirements-build.lock pyproject.toml hatch_build.py $(wildcard agents/gazetteer/*.*)
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
	  { echo "Tollwire wants Python 3.11, 3.12 or 3.13, and \`$(PYTHON)\` is another: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "This Python cannot make environments: install its venv module (Debian, Ubuntu: apt install python3-venv)"; exit 1; }
	$(PYTHON) -m venv .venv
	$(PIP) --no-deps --require-hashes -r requirements.lock -r requirements-build.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $(READY)

$(TESTS): $(READY) requirements-dev.lock
	$(PIP) --use-pep517 --no-deps --require-hashes -r requirements-dev.lock
	@touch $(TESTS)

AUDIT := .venv/audit
$(AUDIT)/ready: $(READY) requirements-audit.lock
	$(PYTHON) -m venv $(AUDIT)
	$(AUDIT)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-audit.lock
	@touch $(AUDIT)/ready

sbom: $(AUDIT)/ready ## what the program is made of, as CycloneDX: sbom.json
	$(AUDIT)/bin/python -W ignore -m cyclonedx_py requirements requirements.lock --pyproject pyproject.toml \
	  --output-reproducible -o sbom.json

audit: $(AUDIT)/ready ## known vulnerabilities of what it is made of; says so where it cannot know
	$(BIN)/python tests/audit.py $(AUDIT)/bin/pip-audit

LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url
lock: ## resolve the dependencies anew (wants uv); names, versions and hashes only
	$(LOCK) pyproject.toml -o requirements.lock
	$(LOCK) --constraints requirements.lock --group build -o requirements-build.lock
	$(LOCK) --constraints requirements.lock --constraints requirements-build.lock --group dev -o requirements-dev.lock
	$(LOCK) --group audit -o requirements-audit.lock

clean: ## remove the environment and the compiled gazetteer
	rm -rf .venv agents/gazetteer/compiled .pytest_cache .ruff_cache .hypothesis
