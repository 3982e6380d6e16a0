# The commands are a contract: README.md tells what each does.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
STARTED := $(shell date +%s)
HTML_CHECKER := tests/browser/node_modules/.package-lock.json

.PHONY: run test check bench requirements messages

run: .venv/run.stamp
	@$(BIN)/python manage.py start --port $(PORT) --since $(STARTED)

# On SQLite; on PostgreSQL too where TEST_DATABASE_URL is set; in a browser, on the first of them,
# where Chromium is. What is left out is said.
test: .venv/dev.stamp $(if $(shell command -v npm),$(HTML_CHECKER))
	@env -u TEST_DATABASE_URL $(BIN)/python -m pytest -n auto
ifdef TEST_DATABASE_URL
	@$(BIN)/python -m pytest -n auto -m "not browser"
else
	@echo "PostgreSQL left out: TEST_DATABASE_URL is not set."
endif

check: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djade --check $$(git ls-files 'templates/*.html')
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check
	SNACKAN_ENV=production SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(60))") \
	  ALLOWED_HOSTS=example.org $(BIN)/python manage.py check --deploy --fail-level WARNING

bench: .venv/dev.stamp
	$(BIN)/python -m benchmarks

# The pinned files are made from pyproject.toml, with hashes and without any index's address.
requirements: .venv/dev.stamp
	$(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	  --strip-extras --no-header --allow-unsafe --output-file requirements.txt pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	  --strip-extras --no-header --allow-unsafe --extra dev --constraint requirements.txt \
	  --output-file requirements-dev.txt pyproject.toml

# Needs GNU gettext.
messages: .venv/dev.stamp
	$(BIN)/python manage.py makemessages --locale sv --no-location --no-obsolete \
	  --ignore .venv --ignore var --ignore tests
	$(BIN)/python manage.py compilemessages --locale sv --ignore .venv

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Snäckan needs Python 3.11 or newer.")'
	@$(PYTHON) -m venv .venv

.venv/run.stamp: requirements.txt | .venv/bin/python
	@echo "Installing what Snäckan needs …"
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt | .venv/bin/python
	@echo "Installing what the tests need …"
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(HTML_CHECKER): tests/browser/package-lock.json tests/browser/package.json
	@echo "Fetching the HTML checker …"
	@npm ci --silent --prefix tests/browser
	@touch $@
