# What a newcomer types. Everything works from a fresh clone, and a second time at once.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --silent

ARGS ?=
PORT ?= 8000
PIP := .venv/bin/python -m pip -qq --disable-pip-version-check
# Of these packages a small part is ever used: Python compiles what is, when it is.
PIP_LARGE := $(PIP) install --require-hashes --no-compile
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard src/xinqiao/locale/*/LC_MESSAGES/*.po src/xinqiao/*/locale/*/LC_MESSAGES/*.po))
VENDOR := src/xinqiao/ui/static/ui/vendor
SOURCES := $(shell find src/xinqiao -name '*.html' -o -name '*.py')
PACKAGES := .venv/.installed .venv/.analytics
PAGES := $(VENDOR)/.built $(CATALOGUES)
PROGRAM := $(PACKAGES) $(PAGES)

.PHONY: help
help: ## this list
	awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: demo
demo: ## a running platform with a demonstration city (PORT=8000)
	tools/doctor.sh demo
	$(MAKE) $(PROGRAM)
	PORT=$(PORT) tools/demo.sh

.PHONY: test
test: ## all tests, on SQLite and on PostgreSQL (ARGS="tests/law -k hearing")
	tools/doctor.sh test
	# One processor unpacks for the pages what the other unpacks for the program.
	$(MAKE) $(PAGES) & $(MAKE) $(PACKAGES) .venv/.dev .venv/.spark; wait $$!
	tools/test.sh $(ARGS)

.PHONY: check
check: ## style, types, layers, texts that must not be committed, pages drawn from the code
	tools/doctor.sh check
	$(MAKE) .venv/.installed .venv/.dev
	tools/check.sh

.PHONY: bench-intake
bench-intake: ## contacts received a second, on PostgreSQL and on SQLite (ARGS="--seconds 3 --only sqlite")
	tools/doctor.sh test
	$(MAKE) $(PROGRAM)
	.venv/bin/python -m tools.bench.intake $(ARGS)

.PHONY: bench-pages
bench-pages: ## pages of the desk a second, with many contacts (ARGS="--size 10000 --only sqlite")
	tools/doctor.sh test
	$(MAKE) $(PROGRAM)
	.venv/bin/python -m tools.bench.pages $(ARGS)

.PHONY: bench-lists
bench-lists: ## lists of ten thousand findings, disputes, requests for help, times of reception days
	tools/doctor.sh test
	$(MAKE) $(PROGRAM)
	.venv/bin/python -m tools.bench.lists $(ARGS)

.PHONY: bench-walk
bench-walk: ## every kind of page of the desk on a large platform, the slowest named (ARGS="--in DIR --only sqlite")
	tools/doctor.sh test
	$(MAKE) $(PROGRAM)
	.venv/bin/python -m tools.bench.walk $(ARGS)

.PHONY: bench-start
bench-start: ## how long the server starts, memory of a worker, contacts from a table (ARGS="--table letters.xlsx")
	tools/doctor.sh test
	$(MAKE) $(PROGRAM)
	.venv/bin/python -m tools.bench.start $(ARGS)

.PHONY: bench-targets
bench-targets: ## all indicators over 1 and 10 million contacts, on DuckDB and Spark, and their page (ARGS="--no-spark --no-page")
	tools/doctor.sh test
	$(MAKE) $(PROGRAM) .venv/.spark
	.venv/bin/python -m tools.bench.targets $(ARGS)

.PHONY: bench-search
bench-search: ## how fast words are filed, and found by who sees little and who sees much (ARGS="--contacts 100000 --only sqlite")
	tools/doctor.sh test
	$(MAKE) $(PROGRAM)
	.venv/bin/python -m tools.bench.search $(ARGS)

.PHONY: bench-linking
bench-linking: ## one message held against a million earlier ones: time and memory (ARGS="--messages 10000000")
	tools/doctor.sh test
	$(MAKE) $(PROGRAM)
	.venv/bin/python -m tools.bench.linking $(ARGS)

.PHONY: bench
bench: ## everything that is measured, one after another
	$(MAKE) bench-start bench-intake bench-pages bench-walk bench-lists bench-targets bench-search bench-linking ARGS=

.PHONY: handbook
handbook: ## the pictures of docs/handbook, taken anew from a fresh demonstration
	tools/doctor.sh test
	$(MAKE) $(PROGRAM) .venv/.dev
	.venv/bin/python -m tools.take_handbook

.PHONY: setup
setup: ## what demo, test and check need, without running anything
	tools/doctor.sh test
	$(MAKE) $(PROGRAM) .venv/.dev

.PHONY: lock
lock: .venv/.dev ## write requirements/*.lock anew (ARGS=--upgrade for newer versions)
	tools/lock.sh $(ARGS)

.PHONY: clean
clean: ## remove what was built; leaves ./var, the platform's own folder
	rm -rf .venv node_modules $(VENDOR) $(CATALOGUES) .*_cache .hypothesis

.venv/.run: requirements/build.lock requirements/run.lock
	echo "Python packages"
	[ -x .venv/bin/python ] || $$(tools/doctor.sh python) -m venv .venv
	$(PIP) install --require-hashes -r requirements/build.lock -r requirements/run.lock
	touch $@

.venv/.installed: pyproject.toml .venv/.run
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

.venv/.analytics: requirements/analytics.lock .venv/.run
	echo "Python packages of the figures"
	$(PIP_LARGE) -r requirements/analytics.lock
	touch $@

# Made only where Java is: elsewhere the line comes again, so that nobody takes the test of Spark for run.
.venv/.spark: requirements/spark.lock .venv/.analytics
	if tools/doctor.sh java; then \
	    echo "Spark"; \
	    $(PIP_LARGE) -r requirements/spark.lock; \
	    touch $@; \
	else \
	    echo "Left out: Spark (no Java 17 here: apt-get install openjdk-17-jre-headless)"; \
	fi

.venv/.dev: requirements/dev.lock .venv/.run
	echo "Python packages of the workshop"
	$(PIP_LARGE) -r requirements/dev.lock
	touch $@

node_modules/.installed: package.json package-lock.json
	echo "Browser packages"
	npm ci --silent
	touch $@

# Of the kit's styles only those that a source names are taken, so a change of any source may ask for more of them.
$(VENDOR)/.built: node_modules/.installed $(wildcard frontend/* frontend/*/*) $(wildcard src/xinqiao/ui/icons.txt) $(SOURCES)
	npm run --silent build
	touch $@

%.mo: %.po
	msgfmt --check --output-file=$@ $<
