# Everything a person does with the project. `make run` and `make test` do all their own set-up, in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready-run
READY_DEV := $(VENV)/.ready-dev
READY_BENCH := $(VENV)/.ready-bench
READY_BROWSER := $(VENV)/.ready-browser
READY_DRILL := $(VENV)/.ready-drill
TOOLS := $(VENV)/tools
READY_TOOLS := $(TOOLS)/.ready
SHIPPED := $(VENV)/shipped
CORPUS ?=
QUERIES ?=
QUICK ?=
LARGEST ?=
DOCUMENTS ?=
LOCKED ?=

# With a comma, which `call` would take for the next argument.
WITH_BROWSER := [dev,browser]
WITH_POSTGRESQL := [dev,postgresql]
WITH_BENCH := [dev,bench]

# Install the project with these extras; with LOCKED=1 the versions of the lock file, as CI does.
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
define install
	@$(if $(LOCKED),$(INSTALL) --require-hashes --requirement $(if $(1),requirements-dev.lock,requirements.lock) >&2)
	@$(INSTALL) $(if $(LOCKED),--no-deps) --editable '.$(1)' >&2
endef

LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --upgrade --generate-hashes \
	--no-emit-index-url --no-annotate --custom-compile-command 'make lock'

.PHONY: run test lint docs calibrate learn schema browser screenshots bench fresh accuracy load-test drill chaos hostile wheel wheel-test image-test audit sbom lint-deployment mcp-conformance lock help clean

help: ## List what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 13

run: $(READY) ## Run the bot; without Slack tokens, open a page to try it
	@$(BIN)/halobot run

test: $(READY_DEV) ## Lint, check types and run all tests
	@$(BIN)/ruff check bot tests
	@$(BIN)/ruff format --check bot tests
	@$(BIN)/mypy
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest --numprocesses auto --dist worksteal # hundreds of processes: none compiles anew

lint: $(READY_DEV) ## Lint and check types only
	$(BIN)/ruff check bot tests
	$(BIN)/ruff format --check bot tests
	$(BIN)/mypy

docs: $(READY) ## Make .env.example and docs/settings.md from the table of settings
	@$(BIN)/python -m bot.cli.settings_docs

calibrate: $(READY_DEV) ## Set how sure an answer has to be, by the judged questions in tests/relevance (1 minute)
	@$(BIN)/python -m tests.relevance.calibrate

learn: $(READY_DEV) ## Learn from the phrasings in seeds/ which words people ask by, into seeds/translations.tsv (10 seconds)
	@$(BIN)/python -m tests.relevance.learn

schema: $(READY_DEV) ## Write the tables of a new catalogue to bot/catalog/current_schema.sql, after a new migration (1 second)
	@$(BIN)/python -m tests.catalog.schema_file

browser: $(READY_BROWSER) ## Test the page in Chromium (2 minutes); NEEDS=chromium: fail without it
	@$(if $(NEEDS),HALO_BROWSER_REQUIRED=1) $(BIN)/python -m pytest tests/browser -rs

screenshots: $(READY_BROWSER) ## Take README's pictures again, into docs/
	@$(BIN)/python -m tests.browser.screenshots

bench: $(READY_BENCH) ## Measure search against other engines; CORPUS= and QUERIES= name files, QUICK=1 takes a minute, LARGEST= entries at most
	@$(BIN)/python -m tests.bench $(if $(CORPUS),--corpus $(CORPUS)) $(if $(QUERIES),--queries $(QUERIES)) \
		$(if $(QUICK),--quick) $(if $(LARGEST),--largest $(LARGEST)) \
		--command '$(strip make bench $(if $(CORPUS),CORPUS=$(CORPUS)) $(if $(QUERIES),QUERIES="$(QUERIES)") $(if $(QUICK),QUICK=1) $(if $(LARGEST),LARGEST=$(LARGEST)))'

fresh: $(READY_DEV) ## Measure how well an imported version is known that nobody described (5 minutes); QUERIES= names files, DOCUMENTS= a folder of posts
	@$(BIN)/python -m tests.bench.fresh $(if $(QUERIES),--queries $(QUERIES)) $(if $(DOCUMENTS),--documents $(DOCUMENTS))

accuracy: $(READY_DEV) ## Measure how much of our documents is read right, field by field (1 minute)
	@$(BIN)/python -m tests.ingest.accuracy

load-test: $(READY_BENCH) ## Send 300 commands a second for 30 seconds over signed HTTP, and time the acks; MEMORY=1: over 200,000 commands
	@$(BIN)/python -m tests.bench.slack_load $(if $(MEMORY),--memory 200000)

hostile: $(READY_DEV) ## Documents made to hang or fill the bot, 64 KB to 5 MB, for every reader (20 minutes); PART=1 takes 3
	@HALO_HOSTILE_KB=64 $(BIN)/python -m pytest -q tests/ingest/test_budgets.py
	@$(BIN)/python -m tests.hostile $(if $(PART),--kilobytes 64 --dry)

drill: $(READY_DRILL) ## Kill and break digests, on SQLite and PostgreSQL; time /readyz (15 minutes); NEEDS=postgresql: fail without it
	$(BIN)/python -m tests.drill --kills $(or $(KILLS),120) $(if $(NEEDS),--needs-$(NEEDS))
	$(BIN)/python -m tests.drill.endings --times $(or $(ENDINGS),20) --dry
	$(BIN)/python -m tests.drill.replicas --requests $(or $(REQUESTS),1000) --dry
	$(BIN)/python -m tests.drill.many_workspaces $(if $(NEEDS),--needs-$(NEEDS))
	$(BIN)/python -m tests.drill.readiness $(if $(NEEDS),--needs-$(NEEDS))

chaos: $(READY_DRILL) ## Every kind of fault at once, on SQLite and PostgreSQL; MINUTES= and SEED=; DRY=1 keeps the figures
	$(BIN)/python -m tests.drill.chaos --minutes $(or $(MINUTES),10) $(if $(SEED),--seed $(SEED)) $(if $(DRY),--dry)

wheel: $(BIN)/python ## Build the package into dist/: a wheel that needs no clone
	@$(INSTALL) 'build>=1.2,<2' >&2
	@$(BIN)/python -m build --outdir dist .

wheel-test: $(READY_DEV) ## Build the wheel, install it elsewhere and use it from an empty folder (1 minute)
	@$(BIN)/python -m pytest tests/wheel -rs

image-test: $(READY_DEV) ## Build the Dockerfile's image in an empty Debian and use it as the guide shows, without a container engine (4 minutes; as root)
	@$(if $(NEEDS),HALO_IMAGE_REQUIRED=1) unshare --mount $(BIN)/python -m pytest tests/ship -rs

audit: $(READY_TOOLS) $(READY_DEV) ## Ask whether a locked package has a known vulnerability; says so when nobody can be asked
	@$(BIN)/python -m tests.ship.audit $(TOOLS)/bin/pip-audit requirements.lock

sbom: $(READY_TOOLS) $(READY_DEV) ## Write what Halobot is shipped with, as CycloneDX, into dist/halobot.cdx.json (1 minute)
	@rm -rf $(SHIPPED) && $(BIN)/python -m venv --without-pip $(SHIPPED) && mkdir -p dist
	@$(BIN)/python -m pip --python $(SHIPPED)/bin/python install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock >&2
	@$(TOOLS)/bin/cyclonedx-py environment $(SHIPPED)/bin/python --pyproject pyproject.toml --mc-type application \
		--output-reproducible --validate --output-file dist/halobot.cdx.json
	@$(BIN)/python -m tests.ship.bill_of_materials dist/halobot.cdx.json requirements.lock

lint-deployment: $(READY_TOOLS) ## Check the Dockerfile by hadolint, and the Kubernetes example by Kubernetes' own schemas
	@$(TOOLS)/bin/hadolint Dockerfile
	@$(TOOLS)/bin/kubernetes-validate --strict docs/kubernetes.yaml

mcp-conformance: $(READY_DEV) ## Run the published conformance tests of MCP against /mcp, by npx (2 minutes); NEEDS=node: fail without it
	@$(BIN)/python -m tests.mcp.conformance $(if $(NEEDS),--needs-node)

lock: $(BIN)/python ## Write the newest versions that pyproject.toml allows into the lock files, with their hashes
	@$(INSTALL) 'uv>=0.9,<1' >&2
	@$(LOCK) pyproject.toml --extra postgresql --extra mcp --output-file requirements.lock
	@$(LOCK) pyproject.toml --extra dev --extra browser --extra postgresql --output-file requirements-dev.lock
	@$(LOCK) --group pyproject.toml:supply-chain --output-file requirements-tools.lock

clean: ## Remove what set-up and runs made, but not the databases
	rm -rf $(VENV) dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON). On Debian: sudo apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Halobot needs Python 3.11 or newer; $$($(PYTHON) --version) is too old. Try: make PYTHON=python3.12 run"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing. On Debian: sudo apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(READY_TOOLS): $(BIN)/python requirements-tools.lock
	@$(BIN)/python -m venv --clear $(TOOLS)
	@$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-tools.lock >&2
	@touch $@

$(READY): $(BIN)/python pyproject.toml
	@echo "Setting up (once, about a minute) ..." >&2
	$(call install,)
	@touch $@

$(READY_DEV): $(BIN)/python pyproject.toml
	@echo "Setting up for tests (once, about a minute) ..." >&2
	$(call install,[dev])
	@touch $@ $(READY)

$(READY_BROWSER): $(BIN)/python pyproject.toml
	@echo "Setting up for the browser (once, about a minute) ..." >&2
	$(call install,$(WITH_BROWSER))
	@touch $@ $(READY_DEV) $(READY)

$(READY_DRILL): $(BIN)/python pyproject.toml
	@echo "Setting up for the drill (once, about a minute) ..." >&2
	$(call install,$(WITH_POSTGRESQL))
	@touch $@ $(READY_DEV) $(READY)

$(READY_BENCH): $(BIN)/python pyproject.toml
	@echo "Setting up for the bench (once, about a minute) ..." >&2
	$(call install,$(WITH_BENCH))
	@touch $@ $(READY_DEV) $(READY)
