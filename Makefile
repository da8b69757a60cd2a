# Every edition: make.  All tests: make test.  One language live in the browser: make preview LANG=th
# After a wanted change of how pages look: make references, then look at tests/visual/references/
PYTHON ?= python3
# The shell's own LANG, as in en_US.UTF-8, is no wish.
LANG_CODE = $(if $(filter-out C POSIX,$(LANG)),$(if $(findstring .,$(LANG)),en,$(LANG)),en)
BIN = .venv/bin

.PHONY: build test references check preview benchmark clean

build: .venv/ready
	$(BIN)/guidepress build || [ $$? -eq 1 ]

check: .venv/ready
	$(BIN)/guidepress check

preview: .venv/ready
	$(BIN)/guidepress preview $(LANG_CODE)

test: .venv/ready-test
	$(BIN)/ruff check scripts tests conf.py
	$(BIN)/mypy
	$(BIN)/python -m pytest

references: .venv/ready-test
	$(BIN)/python -m pytest tests/visual --renew

benchmark: .venv/ready-test
	$(BIN)/python benchmarks/html_editions.py
	if command -v xelatex; then PYTHONPATH=. $(BIN)/python benchmarks/pdf_editions.py vi; fi

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

.venv/ready-test: .venv/ready requirements-test.lock
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-test.lock
	touch $@

clean:
	rm -rf build dist .venv
