# Jipyo's commands. `make` alone lists them; every target sets up what it needs by itself.

PORT ?= 8501
VENV := .venv
PYTHON_IN_VENV := $(VENV)/bin/python

RECORDS := var/demo
RELEASES := var/releases
STATE := var/demonstration-state

# The demonstration is made again when what makes it has changed, and not otherwise.
MAKES_THE_DEMONSTRATION := requirements.txt tools/demonstration.sh $(wildcard jipyo.py) \
    $(shell find etl terminal data/rulebooks -name '*.py' -o -name '*.sql' -o -name '*.toml')

# What mypy reads: every package and door that exists.
TYPED := $(patsubst %/__init__.py,%,$(wildcard etl/__init__.py dashboard/__init__.py terminal/__init__.py bench/__init__.py)) \
    $(wildcard jipyo.py streamlit_app.py) tests tools

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.DELETE_ON_ERROR:
.PHONY: help run demo test check format lock reference bench shots clean free-port browser postgres office

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

run: free-port var/.demonstration ## serve the demonstration on http://127.0.0.1:8501 (another port: make run PORT=8600)
	@exec $(PYTHON_IN_VENV) -m jipyo serve --demonstration --releases $(RELEASES) --records $(RECORDS) --state $(STATE) --port $(PORT)

demo: var/.demonstration ## make the synthetic city, evaluate and publish it, without serving

test: $(VENV)/.ready-to-test browser postgres office ## run all tests, in parallel and in random order
	@$(PYTHON_IN_VENV) -m pytest --numprocesses auto $(TESTS)

check: $(VENV)/.ready-to-test ## ruff, mypy, sqlfluff, import rules, licences
	$(PYTHON_IN_VENV) -m ruff check .
	$(PYTHON_IN_VENV) -m ruff format --check .
	$(PYTHON_IN_VENV) -m mypy $(TYPED)
	$(PYTHON_IN_VENV) -m sqlfluff lint etl
	$(PYTHON_IN_VENV) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()' --no-logo
	$(PYTHON_IN_VENV) -m tools.licences requirements.txt

format: $(VENV)/.ready-to-test ## put the code into its one form
	$(PYTHON_IN_VENV) -m ruff format .
	$(PYTHON_IN_VENV) -m sqlfluff fix --quiet etl

lock: ## renew requirements.txt and requirements-dev.txt from their .in files (needs uv)
	@sh tools/lock.sh

reference: $(VENV)/.ready-to-run ## write the references of rulebooks, records and permissions anew, from the code
	$(PYTHON_IN_VENV) -m tools.rulebook_reference
	$(PYTHON_IN_VENV) -m tools.records_reference
	$(PYTHON_IN_VENV) -m tools.permissions_reference

bench: $(VENV)/.ready-to-test browser ## measure, compare with the peers in the same run, and time pages and their reruns
	$(PYTHON_IN_VENV) -m bench
	$(PYTHON_IN_VENV) -m bench.pages
	$(PYTHON_IN_VENV) -m bench.reruns

shots: $(VENV)/.ready-to-test free-port var/.demonstration browser ## take a picture of every page of the demonstration into var/shots
	@sh tools/shots.sh $(RELEASES) $(RECORDS) $(STATE) $(PORT) var/shots

clean: ## remove everything these targets made
	rm -rf $(VENV) var build dist *.egg-info .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -type d -name __pycache__ -exec rm -rf {} +

$(VENV)/.ready-to-run: requirements.txt tools/environment.sh
	@sh tools/environment.sh requirements.txt
	@touch $@

# The development packages contain those needed to run, in the same versions.
$(VENV)/.ready-to-test: requirements-dev.txt tools/environment.sh
	@sh tools/environment.sh requirements-dev.txt
	@touch $(VENV)/.ready-to-run $@

var/.demonstration: $(MAKES_THE_DEMONSTRATION) | $(VENV)/.ready-to-run
	@mkdir -p $(@D)
	@sh tools/demonstration.sh $(RECORDS) $(RELEASES)
	@touch $@

free-port: | $(VENV)/.ready-to-run
	@$(PYTHON_IN_VENV) tools/free_port.py '$(PORT)'

browser:
	@sh tools/browser.sh

postgres:
	@sh tools/postgres.sh

office:
	@sh tools/office.sh
