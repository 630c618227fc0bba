# Two commands matter: `make map` and `make test`. `make help` lists the rest.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
WEB    := mapper/publish/web
ASSETS := mapper/publish/assets/map.js
EXAMPLES := examples/articles
# The machine's own Node where it is recent enough, else the one that a Python package carries.
NODE_OK := $(shell node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' 2>/dev/null && echo yes)
export PATH := $(if $(NODE_OK),$(PATH),$(CURDIR)/$(BIN):$(PATH))
PYTEST := $(BIN)/python -m pytest

.DEFAULT_GOAL := help
.PHONY: help map test check lint types web-test hostile integration wheel lock clean bench-names bench-read bench-map bench-export

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(VENV)/.installed: requirements/dev.txt requirements/node.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(if $(NODE_OK),,$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/node.txt)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@# Compiled here, the package starts in half the time also where PYTHONDONTWRITEBYTECODE is set.
	$(BIN)/python -m compileall -q mapper
	@touch $@

$(WEB)/node_modules/.installed: $(WEB)/package-lock.json $(VENV)/.installed
	cd $(WEB) && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(ASSETS): $(WEB)/node_modules/.installed mapper/publish/shell.py $(shell find $(WEB) -path '*/node_modules' -prune -o -type f -print 2>/dev/null)
	cd $(WEB) && npm run --silent build
	$(BIN)/python -m mapper.publish.shell mapper/publish/assets/shell.html
	@touch $@

map: $(ASSETS) ## write output/map.html from the example articles
	$(BIN)/mapper build $(EXAMPLES) --output output

test: $(ASSETS) ## run the tests (browser tests need Chromium: tests/prepare.sh installs it where it may)
	sh tests/prepare.sh
	sh tests/second_python.sh
	cd $(WEB) && npm test --silent
	$(PYTEST) -n 2 --dist loadgroup

check: $(VENV)/.installed lint types ## style, types, import rules and documentation
	$(PYTEST) -q tests/test_architecture.py tests/test_docs.py

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed $(WEB)/node_modules/.installed
	$(BIN)/mypy
	cd $(WEB) && npm run --silent typecheck

hostile: $(ASSETS) ## the long form of the hostile suites, about ten minutes
	sh tests/second_python.sh
	MAPPER_HOSTILE=full $(PYTEST) -n 2 --dist loadgroup tests/hostile

integration: $(ASSETS) ## the fallback geocoder against a real Nominatim on this machine
	$(PYTEST) tests/integration -m integration

wheel: $(ASSETS) ## build the wheel, with the page's assets inside
	$(BIN)/python -m build --wheel --no-isolation --outdir dist

bench-names: $(ASSETS) ## time and size of the gazetteer index beside others
	MAPPER_GEONAMES=$${MAPPER_GEONAMES-../shared/data/geonames} $(BIN)/python benchmarks/names.py

bench-read: $(ASSETS) ## speed, memory and accuracy of reading
	MAPPER_SCORERS=../shared/eval MAPPER_REPORTS=../shared/data/dev/reports_gaza.jsonl $(BIN)/python benchmarks/read.py

bench-map: $(ASSETS) ## size and speed of the map beside others, in Chromium
	$(BIN)/python benchmarks/map.py

bench-export: $(ASSETS) ## speed and memory of the exports beside others
	$(BIN)/python benchmarks/export.py

lock: ## pin every package again, with hashes
	sh requirements/lock.sh

clean: ## remove what was built
	rm -rf $(VENV) $(VENV)-second $(VENV)-uv $(WEB)/node_modules mapper/publish/assets dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
