# The front door. `make` or `make help` lists what there is.
#
# Every path is relative, so that a checkout may lie in a folder with spaces. An
# environment is made once; its stamp file makes it anew when its lock file changes.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: help run test test-fast test-stores test-spark lint bench lock clean
unexport PYTHONHOME PYTHONPATH

# The first Python on the path that is new enough; `make PYTHON=…` takes another.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo "$$python"; break; }; done)

# pip shows errors only, and takes nothing but the files that a lock file names.
PIP := -m pip --quiet --quiet --disable-pip-version-check --no-input
PIP_LOCKED := $(PIP) install --require-hashes --requirement

# $(call new_environment,FOLDER): an empty virtual environment.
define new_environment
	@test -n "$(PYTHON)" || { echo "interreg-kg needs Python 3.11 or newer, and found none" \
		"on the path. Install it, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@echo "Making the environment $(1) …" >&2
	@"$(PYTHON)" -m venv --clear $(1) || { echo "Python could not make an environment." \
		"On Debian and Ubuntu, install the package python3-venv." >&2; exit 1; }
endef

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

run: .venv/kg.stamp ## Build the graph of the example records into output/ and query it
	.venv/bin/kg build examples --output output
	.venv/bin/kg query lead-partners-by-country --on output

test: lint .venv-morph/stamp ## Run lint, and the tests that need no Virtuoso, Comunica or Spark
	.venv/bin/python -m pytest --numprocesses auto -m "not stores"

test-stores: .venv/dev.stamp ## Run the tests that need Virtuoso or Comunica; skip what is not there
	@$(COMUNICA) || echo "Comunica could not be installed; its tests are skipped." >&2
	.venv/bin/python -m pytest --numprocesses 2 --dist loadfile -m stores

test-fast: .venv/dev.stamp ## Run the tests that take less than two minutes together
	.venv/bin/python -m pytest --numprocesses auto -m "not slow and not stores"

test-spark: .venv-spark/stamp ## Run the tests of the build on Spark, which needs Java 17
	@java -version >/dev/null 2>&1 || { echo "Spark needs Java 17. On Debian and Ubuntu," \
		"install the package openjdk-17-jre-headless." >&2; exit 1; }
	.venv-spark/bin/python -m pytest tests/spark

lint: .venv/dev.stamp ## Check style, types and the direction of imports
	.venv/bin/python -m ruff check .
	.venv/bin/python -m ruff format --check .
	.venv/bin/python -m mypy --strict kg
	.venv/bin/lint-imports --no-logo

bench: .venv/dev.stamp .venv-morph/stamp .venv-spark/stamp ## Measure kg beside its peers; SIZES="1 10" REPEATS=3 take minutes
	.venv/bin/python -m benchmarks --sizes $(SIZES) --repeats $(REPEATS) --parts $(PARTS)

SIZES := 1 10 50 200
REPEATS := 3
PARTS :=

lock: .venv-lock/stamp ## Renew the lock files; UPGRADE=--upgrade takes newer releases
	@$(PIP_COMPILE) --build-deps-for editable --constraint requirements/constraints.in \
		--output-file requirements/run.txt pyproject.toml
	@$(PIP_COMPILE) --output-file requirements/dev.txt requirements/dev.in
	@$(PIP_COMPILE) --output-file requirements/morph.txt requirements/morph.in
	@$(PIP_COMPILE) --output-file requirements/spark.txt requirements/spark.in
	@$(PIP_COMPILE) --allow-unsafe --output-file requirements/lock.txt requirements/lock.in

clean: ## Remove the environments, caches and built packages
	rm -rf .venv .venv-morph .venv-spark .venv-lock .npm dist output/store
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -type d -name __pycache__ -prune -exec rm -rf {} +

# --- Environments ------------------------------------------------------------

# What kg needs to run from this checkout.
.venv/run.stamp: requirements/run.txt
	$(call new_environment,.venv)
	@.venv/bin/python $(PIP_LOCKED) requirements/run.txt
	@touch $@

# kg itself, installed so that an edit takes effect at once.
.venv/kg.stamp: .venv/run.stamp pyproject.toml
	@.venv/bin/python $(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# The tools that check and test it.
.venv/dev.stamp: .venv/kg.stamp requirements/dev.txt
	@echo "Adding the tools for tests …" >&2
	@.venv/bin/python $(PIP_LOCKED) requirements/dev.txt
	@touch $@

# Morph-KGC, an independent reader of the exported mapping, needs other releases.
.venv-morph/stamp: requirements/morph.txt
	$(call new_environment,.venv-morph)
	@.venv-morph/bin/python $(PIP_LOCKED) requirements/morph.txt
	@touch $@

# PySpark is some 400 MB and wants Java; it comes as source, so first what builds it.
.venv-spark/stamp: requirements/run.txt requirements/lock.txt requirements/spark.txt pyproject.toml
	$(call new_environment,.venv-spark)
	@.venv-spark/bin/python $(PIP_LOCKED) requirements/lock.txt
	@.venv-spark/bin/python $(PIP_LOCKED) requirements/run.txt
	@.venv-spark/bin/python $(PIP_LOCKED) requirements/spark.txt --no-build-isolation
	@.venv-spark/bin/python $(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# Locks are made with the oldest supported Python, whose needs include those of the newer.
.venv-lock/stamp: PYTHON := python3.11
.venv-lock/stamp: requirements/lock.txt
	$(call new_environment,.venv-lock)
	@.venv-lock/bin/python $(PIP_LOCKED) requirements/lock.txt
	@touch $@

# Comunica, a SPARQL client that others use; 5.x needs a newer Node than Debian 12 has. Its lock is
# renewed by `npm install --package-lock-only --omit-lockfile-registry-resolved` in its folder.
COMUNICA = test -e .npm/node_modules/.bin/comunica-sparql || { mkdir -p .npm \
	&& cp requirements/comunica/*.json .npm \
	&& npm ci --prefix .npm --silent --no-audit --no-fund >/dev/null 2>&1; }

# A configured folder of wheels, a second index or a constraint would hide releases and the
# hashes of other platforms' files, so locking looks at the main index alone.
PIP_COMPILE = env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL -u PIP_CONSTRAINT \
	PIP_CONFIG_FILE=/dev/null .venv-lock/bin/python -m piptools compile --quiet \
	--generate-hashes --no-reuse-hashes --strip-extras --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options $(UPGRADE)
