# Barut Kerja. `make help` lists what can be done.
export PORT ?= 3000
export BARUT_ENV ?= demo
export REFLEX_USE_NPM = 1
export REFLEX_TELEMETRY_ENABLED = false
export REFLEX_CHECK_LATEST_VERSION = false
export PATH := $(CURDIR)/.venv/bin:$(PATH)

BIOME := tools/js/node_modules/.bin/biome
SLOW := attack deploy e2e reliability scale
QUICK = $(filter-out $(patsubst %,tests/%/,$(SLOW) __pycache__),$(wildcard tests/$(or $(DESK),*)/))
SERVED := tests/e2e tests/attack # in a browser or over sockets; an office for each process, one build

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: .venv/ready ## make .venv with the locked requirements

run: .venv/ready ## start the demo office on http://localhost:$(PORT)
	@python tools/serve.py

build: .venv/ready ## export the front end if its sources changed
	@python tools/frontend.py

quick: .venv/tests ## rules and services on SQLite, of all desks or one: make quick DESK=cards (no races, corpora, attacks, deployment, browser)
	@python -m pytest -q -n 2 --dist loadfile -m "not slow" $(or $(QUICK),$(error no quick tests in tests/$(DESK))) $(ARGS)

test: .venv/tests browser ## all tests, the browser journeys among them
	@python -m pytest -q -n 2 --dist loadfile $(SERVED:%=--ignore=%) tests $(ARGS)
	@BARUT_TEST_DATABASE=postgresql python -m pytest -q -n 2 --dist loadfile \
		$(SERVED:%=--ignore=%) --ignore=tests/scale tests $(ARGS)
	@python -m pytest -q -n 2 --dist loadfile $(SERVED) $(ARGS)

test-scale: .venv/tests browser ## a production site in a real browser: TLS, PostgreSQL, Redis, S3
	@BARUT_TEST_PRODUCTION=1 python -m pytest -q tests/deploy $(ARGS)

check: .venv/tests $(BIOME) ## format, lint (JavaScript too), types, contracts, dependencies, dead code, security lint, sizes
	@ruff format --check . && ruff check . && $(BIOME) check --error-on-warnings && pyright && lint-imports --no-cache \
		&& deptry barut_reflex && deptry --ignore DEP002,DEP004 alembic probes measure bar bench printtest tests tools \
		&& vulture && bandit -q -ll -c pyproject.toml -r barut_reflex tools && python tools/check_locks.py \
		&& python tools/check_types.py && python tools/check_budgets.py

bar: .venv/tests browser ## measure the security and reliability bar (20 minutes), publish the table
	@python -m bar --publish

bar-full: .venv/tests browser ## the same in full sizes
	@python -m bar --full --publish

print-test: .venv/tests browser ## does the printed QR read, worn as it may be (10 minutes); publish the table
	@python -m printtest --publish

bench: .venv/tests browser ## measure speed (30 minutes), publish docs/benchmarks.md
	@python -m bench --publish

format: .venv/tests $(BIOME) ## put the code into its form
	@ruff format . && ruff check --fix . && $(BIOME) check --write

sbom: .venv/tests ## write what the office is made of (CycloneDX) to var/sbom
	@python tools/sbom.py

lock: .venv/tests ## write the locked requirements anew
	@python tools/lock.py

screenshots: .venv/tests browser ## pictures of the running demo, for README
	@python tools/screenshots.py

browser: ## a Chromium for the journeys, unless there is one
	@python3 tools/browser.py

.venv/ready: requirements.txt
	@python3 -m venv .venv
	@.venv/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/tests: .venv/ready requirements-dev.txt
	@.venv/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(BIOME): .venv/ready tools/js/package-lock.json
	@npm ci --prefix tools/js --silent && touch $@

.PHONY: help setup run build quick test test-scale check bar bar-full bench print-test format sbom lock browser
