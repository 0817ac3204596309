# Two commands on a fresh machine: `make demo` and `make test`. The work is done in scripts/, this is only the list.
.DEFAULT_GOAL := help
.PHONY: help demo test test-long lint bench requirements clean

export PORT ?= 8000

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s%s\n", $$1, $$2 }' Makefile

demo: ## install, load the demo programmes, write the 2019 report, serve on http://localhost:8000 (PORT=8001 for another, FACTOR=yes: ask for a code)
	@sh scripts/venv.sh
	@sh scripts/demo.sh

test: ## the whole suite: on SQLite, on a PostgreSQL of its own, in a browser (APT=no: install no system packages)
	@sh scripts/venv.sh dev
	@sh scripts/system_packages.sh tests
	@.venv/bin/python scripts/run_tests.py

test-long: ## the attack on the open edition with 20,000 programmes instead of 2,000, the fuzz of all forms with as many requests, the whole crawl (ATTACK_SEED=1, FUZZ_SEED=1 for others)
	@sh scripts/venv.sh dev
	@FUZZ=20000 .venv/bin/python -m pytest mentorship/tests/test_fuzz.py -s
	@ATTACKS=20000 .venv/bin/python -m pytest reporting/tests/test_open_report_attacker.py -k behind -s
	@CRAWL=all .venv/bin/python -m pytest mentorship/tests/test_crawl.py

lint: ## ruff, djlint, Django's checks as in production, known vulnerabilities, missing migrations
	@sh scripts/venv.sh dev
	@sh scripts/lint.sh

bench: ## what pages cost and weigh, and that a form is saved once: bench/README.md (ROUNDS=1000 for the full figure)
	@sh scripts/venv.sh dev
	@sh bench/all.sh

requirements: ## write requirements*.txt anew from pyproject.toml (UPGRADE=yes: to the newest versions allowed)
	@sh scripts/venv.sh dev
	@sh scripts/requirements.sh

clean: ## remove what can be made again (.venv, caches); what was entered lives in var/ and stays
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
