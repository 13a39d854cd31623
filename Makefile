# make demo, make test, make check (== CI), make bench. A fresh clone needs only Python >= 3.11 with venv.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
GOLD := ../shared/gold/dev

.PHONY: demo test check lint types layers docs bench gate gate-scan clean

$(BIN)/.ready: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	@$(BIN)/python -m pip install --quiet -e ".[all]" --group dev
	@$(BIN)/python -m pip install --quiet --no-deps "eark-validator>=1.1"  # METS schemas; it pins an old lxml
	@touch $@

demo: $(BIN)/.ready  ## parse the bundled samples of every format, print a table, write the JSON to demo-out/
	@$(BIN)/python -m vnadmin.samples --out demo-out

test: $(BIN)/.ready
	$(BIN)/python -m pytest

lint: $(BIN)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(BIN)/.ready
	$(BIN)/mypy

layers: $(BIN)/.ready
	$(BIN)/lint-imports

docs: $(BIN)/.ready
	$(BIN)/python docs/generate.py --check

check: lint types layers docs test gate

gate: $(BIN)/.ready  ## the accuracy floors on ../shared/gold/dev, where that folder exists
	$(BIN)/python bench/gate.py

gate-scan: $(BIN)/.ready  ## the same for scans: OCR of 91 pages, some minutes
	$(BIN)/python bench/gate.py --only scan

bench: $(BIN)/.ready
	$(BIN)/python -m pip install --quiet -r bench/requirements.txt
	$(BIN)/python bench/run.py

clean:
	rm -rf $(VENV) demo-out .mypy_cache .ruff_cache .pytest_cache .hypothesis
