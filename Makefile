# The work is done by .venv/bin/harvest. This file makes .venv and calls it.

PYTHON ?= python3 python3.14 python3.13 python3.12 python3.11 python
PORT ?= 8000
SERVER ?= 0.0.0.0
DEBUG ?= 0
RELATIVE ?= 0

BIN = .venv/bin
HARVEST = $(BIN)/harvest
OPTIONS =
ifeq ($(DEBUG), 1)
OPTIONS += --debug
endif
ifeq ($(RELATIVE), 1)
OPTIONS += --relative
endif

.PHONY: help
help:
	@echo 'make html                       the site, written to output/'
	@echo 'make publish                    the same for the world: needs SITEURL in publishconf.py'
	@echo 'make serve [PORT=8000]          show the site at http://localhost:8000'
	@echo 'make devserver [PORT=8000]      show it, and follow every change'
	@echo 'make regenerate                 follow every change without showing it'
	@echo 'make serve-global               serve to other machines [SERVER=0.0.0.0]'
	@echo 'make devserver-global           devserver to other machines [SERVER=0.0.0.0]'
	@echo 'make github                     publish, then push output/ to the branch gh-pages'
	@echo 'make new TITLE="A title"        a new post in content/posts/'
	@echo 'make clean                      remove output/ and the caches'
	@echo
	@echo 'For those who work on Harvest itself:'
	@echo 'make test                       the quick tests, with all they need'
	@echo 'make test-all                   the long ones too'
	@echo 'make golden                     the pictures that tests compare with, anew'
	@echo 'make charts                     the pictures of docs/charts.md, anew'
	@echo 'make check                      lint, types, imports, HTML'
	@echo 'make bench                      how long a build, an import and a save take'
	@echo 'make bench-insights             how often an insight is wrong, into docs/ [DATE=…]'
	@echo 'make bench-charts               what a chart weighs and costs beside other tools'
	@echo 'make peers                      other tools, for these two to ask the same'
	@echo 'make lock [UPGRADE=1]           write requirements*.txt anew from pyproject.toml'
	@echo
	@echo 'DEBUG=1 shows tracebacks; RELATIVE=1 writes links that open without a server; PYTHON=… chooses the Python.'

# --- the site ---------------------------------------------------------------------------

.PHONY: html publish regenerate serve serve-global devserver devserver-global github new clean
html: environment
	@$(HARVEST) build $(OPTIONS)

publish: environment
	@$(HARVEST) publish $(filter-out --relative, $(OPTIONS))

regenerate: environment
	@$(BIN)/watchfiles '$(HARVEST) build $(OPTIONS)' content plugins theme pelicanconf.py

serve: environment
	@$(HARVEST) serve --port $(PORT)

serve-global: environment
	@$(HARVEST) serve --port $(PORT) --bind "$(SERVER)"

devserver: environment
	@$(HARVEST) serve --watch --port $(PORT)

devserver-global: environment
	@$(HARVEST) serve --watch --port $(PORT) --bind "$(SERVER)"

github: publish
	@$(HARVEST) github

new: environment
	@$(HARVEST) new "$$TITLE"

clean:
	@rm -rf output .harvest

# --- the environment --------------------------------------------------------------------
# Each step writes into .venv what it was made from; while that is the same, nothing is done.
# A changed lock, another Python or a moved folder makes all of it anew. pip speaks only
# when it fails.

PIP = $(BIN)/python -m pip --disable-pip-version-check --no-input
LOCKED = install --no-deps --require-hashes -r
LOG = .venv/last-step.log
GIVE_UP = { cat $(LOG); echo '.venv could not be made: the reason is above; then run make again'; exit 1; } >&2
PROBE = import sys; sys.version_info >= (3, 11) or sys.exit(1); \
	print(sys._base_executable, sys.base_prefix, sys.version.split()[0], sep="|")

.PHONY: environment packages workshop lock
environment: packages
	@from=$$(cksum <pyproject.toml); \
	if [ "$$from" = "$$(cat .venv/project.from 2>/dev/null)" ]; then exit; fi; \
	echo '.venv: Harvest itself'; \
	$(PIP) install --no-deps --no-build-isolation -e . >$(LOG) 2>&1 || $(GIVE_UP); \
	echo "$$from" >.venv/project.from

packages:
	@for python in $(PYTHON); do found=$$("$$python" -c '$(PROBE)' 2>/dev/null) && break; done; \
	if [ -z "$$found" ]; then echo 'no Python 3.11 or newer; install one, or name it: make PYTHON=…' >&2; exit 2; fi; \
	from="$$(pwd -P)|$${found#*|}|$$(cksum <requirements.txt)"; \
	if [ "$$from" = "$$(cat .venv/packages.from 2>/dev/null)" ]; then exit; fi; \
	echo ".venv: Python $${found##*|}"; \
	rm -rf .venv && mkdir .venv; \
	"$${found%%|*}" -m venv .venv >$(LOG) 2>&1 || $(GIVE_UP); \
	echo ".venv: $$(grep -c '^[a-z].*==' requirements.txt) packages, each held against its hash"; \
	$(PIP) $(LOCKED) requirements.txt >$(LOG) 2>&1 || $(GIVE_UP); \
	echo "$$from" >.venv/packages.from

workshop: environment
	@from=$$(cksum <requirements-dev.txt); \
	if [ "$$from" = "$$(cat .venv/workshop.from 2>/dev/null)" ]; then exit; fi; \
	echo ".venv: $$(grep -c '^[a-z].*==' requirements-dev.txt) packages for tests and checks"; \
	$(PIP) $(LOCKED) requirements-dev.txt >$(LOG) 2>&1 || $(GIVE_UP); \
	echo "$$from" >.venv/workshop.from

# --- working on Harvest -----------------------------------------------------------------

PYTEST = $(BIN)/python -m pytest -n auto --dist loadfile

.PHONY: test test-long test-all golden charts check bench bench-insights bench-charts peers browser nu
browser: workshop
	@$(BIN)/python tests/browser.py

test: browser
	@$(PYTEST)

test-long: browser
	@$(PYTEST) -m 'long or hypothesis' --hypothesis-profile long

test-all: test test-long

# pictures that tests hold drawings against: look at what changed before you commit
golden: workshop
	@$(BIN)/python -m pytest -q --golden tests/metrics_insight/test_charts_golden.py

charts: workshop
	@$(BIN)/python tests/gallery.py

check: workshop html
	@failed=; \
	for tool in 'ruff check' 'ruff format --check' mypy lint-imports; do \
		echo "--- $$tool"; $(BIN)/$$tool || failed="$$failed $$tool;"; \
	done; \
	echo '--- Nu HTML checker'; $(MAKE) --no-print-directory nu || failed="$$failed Nu"; \
	if [ -n "$$failed" ]; then echo "failed:$$failed" >&2; exit 1; fi

# npm brings the Nu checker, Java runs it; what it says of the policy is about file: addresses
NU_VERSION = 26.9.27
NU = .venv/node_modules/vnu-jar/build/dist/vnu.jar
nu:
	@if ! command -v java >/dev/null; then echo 'not run: there is no Java'; exit; fi; \
	if [ ! -f $(NU) ]; then \
		if ! command -v npm >/dev/null; then echo 'not run: there is no npm'; exit; fi; \
		npm install --silent --no-save --prefix .venv vnu-jar@$(NU_VERSION) >$(LOG) 2>&1 || $(GIVE_UP); \
	fi; \
	java -jar $(NU) --skip-non-html --filterpattern '.*Content Security Policy.*' output && \
	echo 'every page is valid HTML'

bench: browser
	@$(BIN)/python bench/build.py
	@$(BIN)/python bench/archive.py
	@$(BIN)/python bench/preview.py

bench-insights: environment
	@$(BIN)/python -m bench.insights $(if $(DATE),--date $(DATE))

bench-charts: browser
	@$(BIN)/python bench/charts.py $(if $(WRITE),--write)

# they weigh much, and nothing but these benches asks them
peers: environment
	@$(PIP) $(LOCKED) requirements-bench.txt >$(LOG) 2>&1 || $(GIVE_UP)

# --universal: one list for every Python and system; no index address goes into it
LOCKING = .venv/locking/bin/uv pip compile --quiet --no-config --universal --python-version 3.11 \
	--generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
	--custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade)
lock: packages
	@[ -x .venv/locking/bin/uv ] || { $(BIN)/python -m venv .venv/locking && .venv/locking/bin/python -m pip install -q uv; }
	@$(LOCKING) pyproject.toml --group build -o requirements.txt
	@$(LOCKING) pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt
	@$(LOCKING) pyproject.toml --group bench -c requirements-dev.txt -o requirements-bench.txt
	@grep -c == requirements.txt requirements-dev.txt requirements-bench.txt
