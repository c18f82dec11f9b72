# Everything runs in .venv/, which the first target that needs it makes.
# The newest Python may be ahead of TensorFlow's wheels, so the one that CI uses comes first.
PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3,\
	$(shell $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
VENV_PACKAGE := 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
# As pyproject.toml has it, and the README.
OLDEST := 3.11
BIN := .venv/bin
# Twice quiet: errors still show, remarks on the state of package indexes do not.
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check
CLASS := data/sample_submissions/happy_or_sad
OUT := graded
# Tests of one file stay together: they share what it sets up.
JOBS ?= 2
PYTEST := $(BIN)/pytest --numprocesses $(JOBS) --dist loadfile
HOUSE = $(if $(HAPPY),--real $(HAPPY))
IMAGES = kit=data/happy_or_sad $(if $(REAL),real=$(REAL))

.PHONY: grade test quick lint browser prove attacks oldest bench lock clean .venv

# The sample class is the kit's own code: it may be graded where strangers' code may not.
grade: .venv
	$(BIN)/grader grade $(CLASS) --out $(OUT) --isolation available

test: lint browser
	$(PYTEST)

quick: .venv
	$(PYTEST) tests/unit

lint: .venv
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

.venv: .venv/complete

# A file inside, because the folder is there as soon as a set-up begins, finished or not.
.venv/complete: requirements.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed and was not found." \
		"Install it, or name it: make PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "$(PYTHON) cannot set up virtual environments." \
		"On Debian and Ubuntu, install what is missing: apt-get install" \
		"$$($(PYTHON) -c $(VENV_PACKAGE))" >&2; exit 1; }
	@echo "Setting up .venv/ with $(PYTHON); the first time takes some minutes."
	@$(PYTHON) -m venv .venv
	@$(PIP) install --requirement requirements.txt
	@$(PIP) install --no-deps --editable .
	@touch $@

browser:
	@.ci/install-browser

# Long: tables over seeds, the hostile class in all settings, the audits of all assignments in full, also of strangers', 20,000 damaged notebooks, 200 random trainings, kills at every point, repetitions, all of what is forged, the classes of strangers. REAL names a folder of the original images, HAPPY the course's test_happy.h5.
prove: .venv
	$(BIN)/python -m tests.prove.epochs $(IMAGES) --seeds 20 --write docs/difficulty.md
	$(BIN)/python -m tests.prove.happy_house $(HOUSE) --seeds 20 --jobs $(JOBS) --write docs/happy_house.md
	$(BIN)/python -m tests.prove.cats_and_dogs --seeds 20 --jobs $(JOBS) --write docs/cats_and_dogs.md
	$(BIN)/python -m tests.prove.happy_sad_pipeline --seeds 20 --jobs $(JOBS) --write docs/happy_sad_pipeline.md
	$(BIN)/python -m tests.prove.horses_or_humans --seeds 20 --jobs $(JOBS) --write docs/horses_or_humans.md
	PYTHONPATH=tests/shared $(BIN)/python -m tests.prove.luck $(IMAGES) --seeds 50 --write docs/luck.md
	PYTHONPATH=tests/shared $(BIN)/python -m tests.prove.honest $(IMAGES) --jobs $(JOBS) --write docs/doubt.md
	PYTHONPATH=tests/shared $(BIN)/python -m tests.prove.diagnoses $(IMAGES) --jobs $(JOBS) --write docs/diagnoses.md
	@if [ "$$(id -u)" = 0 ]; then $(MAKE) attacks; \
		else echo "The hostile class is not run in all settings: only root can have other users."; fi
	$(BIN)/pytest tests/prove tests/keras/forged tests/keras/test_sample_classes.py tests/kernel/test_callback_guides.py tests/kernel/test_release.py \
		--fuzz 20000 --prove
	$(MAKE) oldest

# Long, and by root alone: the hostile class without isolation and with it, by two users; what has changed outside.
attacks: .venv
	PYTHONPATH=tests/shared $(BIN)/python -m tests.prove.attacks --write docs/isolation.md

# A fresh clone with an early Python 3.11, such as Debian 12 has: the sample class and the unit tests.
oldest:
	@.ci/oldest-python $(EARLY)

# Long: the same twelve submissions, graded by this grader, by nbgrader and by Otter-Grader.
bench: .venv build/peers/complete
	PYTHONPATH=tests/shared $(BIN)/python -m tests.bench.compare --write docs/bench.md

# What the others need might not go together with what the grader needs.
build/peers/complete: tests/bench/requirements.txt | .venv/complete
	@echo "Setting up build/peers/ for the other graders; it takes some minutes."
	@$(BIN)/python -m venv --clear build/peers
	@build/peers/bin/python -m pip -qq --disable-pip-version-check install --requirement $<
	@touch $@

# For the oldest Python: what newer ones take, it need not. Pins stay as they are; NEWEST=1 gives them up.
lock:
	@$(PYTHON) -m venv --clear build/lock
	@build/lock/bin/python -m pip -qq --disable-pip-version-check install uv
	build/lock/bin/uv pip compile pyproject.toml --extra dev --python-version $(OLDEST) --quiet \
		--no-annotate --custom-compile-command "make lock" $(if $(NEWEST),--upgrade) \
		--output-file requirements.txt

clean:
	rm -rf .venv build $(OUT)
