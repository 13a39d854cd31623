# make demo, make test, make check (== CI), make bench. A fresh clone needs only Python >= 3.11 with venv.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
GOLD := ../shared/gold/dev

.PHONY: demo calls package test test-long test-compiled ray check lint types layers docs screenshots site licenses wheel wheel-compiled bare bench gate gate-scan lock audit versions sbom siege clean

# Everything from the lock, with hashes (docs/how-to/dependencies.md); `make lock` writes it anew.
PIP := -m pip --disable-pip-version-check
LOCKED := --quiet --require-hashes --no-deps
TOOLS := .tools
SITE := .docs

$(BIN)/.ready: pyproject.toml requirements/ci.txt requirements/unbound.txt
	@echo "installing what is locked into $(VENV): some minutes the first time" >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python $(PIP) install $(LOCKED) -r requirements/ci.txt
	@$(BIN)/python $(PIP) install $(LOCKED) -r requirements/unbound.txt  # METS schemas; it pins an old lxml
	@$(BIN)/python $(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(TOOLS)/.ready: requirements/tools.txt
	@test -x $(TOOLS)/bin/python || $(PYTHON) -m venv $(TOOLS)
	@$(TOOLS)/bin/python $(PIP) install $(LOCKED) -r requirements/tools.txt
	@touch $@

$(SITE)/.ready: requirements/site.txt
	@test -x $(SITE)/bin/python || $(PYTHON) -m venv $(SITE)
	@$(SITE)/bin/python $(PIP) install $(LOCKED) -r requirements/site.txt
	@touch $@

RAY := .ray
$(RAY)/.ready: pyproject.toml requirements/ray.txt
	@test -x $(RAY)/bin/python || $(PYTHON) -m venv $(RAY)
	@$(RAY)/bin/python $(PIP) install $(LOCKED) -r requirements/ray.txt
	@$(RAY)/bin/python $(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

demo: $(BIN)/.ready  ## parse the bundled samples of every format, print a table, write the JSON to demo-out/
	@$(BIN)/python -m vnadmin.samples --out demo-out

test: $(BIN)/.ready  ## what a person runs: five minutes of processor time
	$(BIN)/python -m pytest -m "not long"

test-long: $(BIN)/.ready  ## real servers and browsers, attacks, processes: a quarter of an hour more
	$(BIN)/python -m pytest -m long

ray: $(RAY)/.ready  ## a real cluster of two nodes, one killed in mid-run, into PostgreSQL: a minute beside the 500 MB of Ray
	$(RAY)/bin/python -m pytest -p no:cacheprovider tests/index/test_index_ray.py

lint: $(BIN)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(BIN)/.ready
	$(BIN)/mypy

layers: $(BIN)/.ready
	$(BIN)/lint-imports

docs: $(BIN)/.ready
	$(BIN)/python docs/generate.py --check

screenshots: $(BIN)/.ready  ## the pictures of README and site, from the bundled samples; needs chromium
	$(BIN)/python tools/screenshots.py

site: docs $(SITE)/.ready  ## the docs as a site in site/: opens from the disk; a broken link or a resource from elsewhere fails
	@$(SITE)/bin/zensical build --clean --strict
	@! grep -rlE '<(script|link|img)[^>]+(src|href)="?(https?:)?//' site --include='*.html'

licenses: $(BIN)/.ready  ## every dependency's licence is known and fits
	$(BIN)/python tools/licenses.py --check

bare: $(BIN)/.ready  ## the wheel alone, in a fresh environment, reads text, .docx and PDF and names the extra for the rest
	$(BIN)/python tools/bare_install.py

package: $(BIN)/.ready $(TOOLS)/.ready  ## source archive and wheel built twice, the same bytes; read as PyPI does; installed afresh: the demo's table
	@$(BIN)/python tools/package_check.py $(TOOLS)/bin/twine

wheel: $(BIN)/.ready  ## dist/vnadmin-*.whl, for pip install on machines without the repository
	@$(BIN)/python $(PIP) wheel --quiet --no-deps --no-build-isolation --wheel-dir dist . && ls dist/vnadmin-*.whl

wheel-compiled: $(BIN)/.ready  ## the same with the rooms that read documents compiled by mypyc; needs gcc and Python's headers
	@rm -f dist/vnadmin-*-cp*.whl
	@HATCH_BUILD_HOOK_ENABLE_CUSTOM=true $(BIN)/python $(PIP) wheel --quiet --no-deps --no-build-isolation --wheel-dir dist . && ls dist/vnadmin-*-cp*.whl

COMPILED := .compiled
test-compiled: wheel-compiled  ## the tests of `make test`, the attacks and the service's workers, and the gate once more, on that wheel
	@rm -rf $(COMPILED) && $(BIN)/python $(PIP) install --quiet --no-deps --target $(COMPILED) dist/vnadmin-*-cp*.whl
	PYTHONPATH=$(COMPILED) $(BIN)/vnadmin doctor | grep "compiled by mypyc"
	PYTHONPATH=$(COMPILED) $(BIN)/python -m pytest -m "not long"
	PYTHONPATH=$(COMPILED) $(BIN)/python -m pytest tests/hostile tests/property tests/service/test_workers.py tests/service/test_worker_pool.py tests/service/test_shares.py
	PYTHONPATH=$(COMPILED) $(BIN)/python bench/gate.py

check: lint types layers site licenses bare package calls test test-long ray gate

calls: $(BIN)/.ready  ## the budgets of calls: what a bundled sample costs, whatever the machine
	$(BIN)/python bench/calls.py

gate: $(BIN)/.ready  ## the accuracy floors on ../shared/gold/dev, where that folder exists
	$(BIN)/python bench/gate.py

gate-scan: $(BIN)/.ready  ## the same for scans: OCR of 91 pages, some minutes
	$(BIN)/python bench/gate.py --only scan

bench: $(BIN)/.ready  ## beside the peers, each in an environment of its own: eight minutes; BENCH=--quick: two
	$(BIN)/python bench/run.py $(BENCH)

lock: $(TOOLS)/.ready  ## the newest versions that pyproject.toml allows, with hashes
	UV=$(TOOLS)/bin/uv sh requirements/lock.sh
	$(MAKE) $(BIN)/.ready
	$(BIN)/python tools/licenses.py

audit: $(TOOLS)/.ready  ## known vulnerabilities of what is locked; fails also when the advisory service does not answer
	$(TOOLS)/bin/pip-audit --strict --disable-pip --require-hashes -r requirements/ci.txt
	$(TOOLS)/bin/pip-audit --strict --disable-pip --require-hashes -r requirements/tools.txt
	$(TOOLS)/bin/pip-audit --strict --disable-pip --require-hashes -r requirements/site.txt

versions: $(BIN)/.ready $(TOOLS)/.ready  ## docs/versions.md: days of what is locked, faults noted by hand; where no advisory service answers
	UV=$(TOOLS)/bin/uv $(BIN)/python tools/versions.py

sbom: $(BIN)/.ready $(TOOLS)/.ready  ## dist/vnadmin.cdx.json: vnadmin with every extra, as it installs (CycloneDX)
	@rm -rf .sbom dist/vnadmin-*.whl && $(PYTHON) -m venv --without-pip .sbom && mkdir -p dist
	@$(BIN)/python $(PIP) --python .sbom/bin/python install $(LOCKED) -r requirements/runtime.txt
	@$(BIN)/python $(PIP) wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
	@$(BIN)/python $(PIP) --python .sbom/bin/python install --quiet --no-deps dist/vnadmin-*.whl
	$(TOOLS)/bin/cyclonedx-py environment --output-reproducible --pyproject pyproject.toml -o dist/vnadmin.cdx.json .sbom/bin/python
	@rm -rf .sbom

SIEGE_MINUTES ?= 60
siege: $(BIN)/.ready  ## fuzz every source and the parse of text, guided by coverage, for SIEGE_MINUTES of CPU in all
	$(BIN)/python $(PIP) install $(LOCKED) -r requirements/siege.txt
	nice -n 19 $(BIN)/python -m siege --minutes $(SIEGE_MINUTES) $(SIEGE)

clean:
	rm -rf $(VENV) $(TOOLS) $(SITE) $(RAY) $(COMPILED) site .cache .bench demo-out .mypy_cache .ruff_cache .pytest_cache .hypothesis
