# `make demo` and `make test` are all that you need; both set themselves up.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check
ADDR   ?= 127.0.0.1:8000

.PHONY: demo test lint types check reference translations fuzz soak kills edits bench hosts lowest audit injection screenshots wheel clean

$(VENV)/.ready: pyproject.toml
	@scripts/venv.sh $(PYTHON) $(VENV) dev
	@touch $@

# Without what only the tests need: that is a gigabyte.
$(VENV)/.demo: pyproject.toml
	@scripts/venv.sh $(PYTHON) $(VENV) docs
	@touch $@

demo: $(VENV)/.demo       ## build and serve the demo site
	@echo "Building the demo; it opens at http://$(ADDR)/ (Ctrl-C ends it)"
	@$(BIN)/mkdocs serve --dev-addr $(ADDR)

test: lint types          ## everything that CI runs
	@scripts/browser.sh $(BIN)/python
	@scripts/java.sh
	@echo "Running the tests (several minutes)"
	@$(BIN)/python -m pytest

lint: $(VENV)/.ready
	@echo "Checking format and lint"
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types: $(VENV)/.ready
	@echo "Checking types"
	@$(BIN)/mypy

reference: $(VENV)/.ready ## write the generated reference pages anew
	$(BIN)/python scripts/reference.py

translations: $(VENV)/.ready ## add what is new in messages.pot to the catalogs of all languages
	$(BIN)/python scripts/translations.py

SECONDS ?= 30
fuzz: $(VENV)/.ready      ## a short round of fuzzing; fuzz/README.md has the long one
	$(PIP) --editable '.[fuzz]'
	for target in $$($(BIN)/python fuzz/run.py --list); do \
	  $(BIN)/python fuzz/run.py $$target --seconds $(SECONDS) || exit 1; done

EDITS ?= 1000
THEME ?= mkdocs
soak: $(VENV)/.ready      ## random edits under a running `mkdocs serve`; half an hour
	$(BIN)/python scripts/soak.py --edits $(EDITS) --theme $(THEME)

ROUNDS ?= 200
kills: $(VENV)/.ready     ## kill each command that writes at random moments
	$(BIN)/python scripts/kills.py --rounds $(ROUNDS)

PAGES ?= 1000
LARGE ?= 10000
JUDGED ?= 5000
bench: $(VENV)/.ready     ## all figures on speed, written to docs/explanation/speed.md; hours
	$(BIN)/python benchmarks/bench.py --pages $(PAGES) --large $(LARGE) --judged $(JUDGED)

edits: $(VENV)/.ready     ## 200 random edits: what is remembered against clean builds
	$(BIN)/python scripts/remembered.py --edits 200

hosts: $(VENV)/.ready     ## one site with each host and beside each plugin; writes their tables
	$(BIN)/python scripts/hosts.py $(HOSTS)

lowest: $(VENV)/.ready    ## the tests under the lowest versions that are allowed
	$(PIP) uv
	PYTHON=$(PYTHON) scripts/lowest.sh $(BIN)

audit: $(VENV)/.ready     ## known weaknesses of what is installed here; asks a service
	$(PIP) pip-audit
	$(BIN)/pip-audit --skip-editable
	test ! -f .venv-lowest/lowest.txt || \
	  $(BIN)/pip-audit --no-deps --disable-pip -r .venv-lowest/lowest.txt

injection: $(VENV)/.ready ## open every page of the hostile site in the browser
	scripts/browser.sh $(BIN)/python
	INJECTION_STEP=1 $(BIN)/python -m pytest tests/browser/test_injection.py

screenshots: $(VENV)/.ready ## take the pictures of the docs anew
	scripts/browser.sh $(BIN)/python
	$(BIN)/python scripts/screenshots.py

wheel: $(VENV)/.ready
	$(BIN)/python -m build

clean:
	rm -rf $(VENV) site build dist
