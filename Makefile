# Everything runs in .venv/, which the first target that needs it makes.
PYTHON ?= python3.11
BIN := .venv/bin
CLASS := data/sample_submissions/happy_or_sad
OUT := graded

.PHONY: grade test lint quick browser lock clean

grade: .venv
	$(BIN)/grader grade $(CLASS) --out $(OUT)

test: .venv lint browser
	$(BIN)/pytest

quick: .venv
	$(BIN)/pytest tests/unit

lint: .venv
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

.venv: requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --requirement requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	@touch .venv

browser:
	.ci/install-browser

lock:
	rm -rf build/lock && $(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet --editable '.[dev]'
	build/lock/bin/python -m pip freeze --exclude-editable > requirements.txt

clean:
	rm -rf .venv build graded
