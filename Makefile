# Two commands do everything on a fresh machine: `make demo` and `make test`.
# They need Python >= 3.11, Node >= 20 and make; PYTHON=python3.13 picks another Python.

PYTHON ?= python3
PORT ?= 8000
ZOOM_PORT ?= 8001
RELAY_PORT ?= 8002
TUNNEL_PORT ?= 8003
ZOOM_CLIENT_ID ?=
WAY ?= direct
TUNNEL ?=
MINUTES ?= 1
ROUNDS ?= 1000
# What pytest is told besides: make unit ARGS="-k passcode -x"
ARGS ?=
# The browser of `make browser-tests`: chromium, firefox or webkit.
ENGINE ?= chromium
# Whether the gallery's new pictures are good: make gallery ACCEPT=1
ACCEPT ?=
# How many mutants, and which: make mutants SAMPLE=300 SEED=1
SAMPLE ?= 0
SEED ?= 1

BIN := .venv/bin
DEMO_READY := .venv/.demo-ready
TEST_READY := .venv/.test-ready
TUNNEL_READY := .venv/.tunnel-ready
WEBKIT_READY := .venv/.webkit-ready
PYODIDE_SITE := .cache/in-pyodide
UPKEEP_READY := .venv/.upkeep-ready
DOCS_READY := .venv/.docs-ready
NODE_READY := web/node_modules/.package-lock.json
NODE_TEST_READY := web/node_modules/.test-ready
PROVIDER_READY := e2e/provider/node_modules/.package-lock.json
EDITORS_READY := e2e/editors/node_modules/.package-lock.json
HOSTS_READY := e2e/hosts/vite/node_modules/.package-lock.json e2e/hosts/angular/node_modules/.package-lock.json
TUNNEL_SOURCES := $(wildcard web/tunnel/*.c web/tunnel/*.h web/tunnel/*.py) web/tunnel/pins.json
TLS_TESTS := $(patsubst %,web/tunnel/tests/test_%.py,handshake refusals carrier closing limits misuse)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# What is downloaded is what somebody has seen before: no other bytes, and no program that builds them here.
INSTALL_PINNED = $(PIP) --require-hashes --requirement requirements/$(1).txt
# The project itself and its kit for tests come from this folder, and are made ready with what is pinned: nothing is downloaded for it.
INSTALL_PROJECT := $(PIP) --no-index --no-deps --no-build-isolation --editable . --editable e2e/kit
PIN := $(BIN)/uv pip compile --no-config --cache-dir .cache/uv --quiet --universal --python-version 3.11 \
  --custom-compile-command 'make lock' pyproject.toml $(ARGS)
PIN_HASHES := $(PIN) --constraints constraints.txt --no-annotate --generate-hashes --only-binary :all: --emit-build-options
NPM := npm --no-fund --no-audit --no-update-notifier --loglevel=error --prefix
NODE_CHECK := node -e 'if (parseInt(process.versions.node) < 20) { console.error("Node 20 or newer is needed, this is " + process.version); process.exit(1) }'
# Of the tests in e2e/, those that need a browser, and neither an editor, a framework nor a tunnel.
IN_BROWSERS := not canary and not editors and not frameworks and not provider and not tunnel
BIOME := web/node_modules/.bin/biome
# By its folder: the older one that vue-tsc needs has a program of the same name.
TSC := node web/node_modules/typescript/bin/tsc
# The browser tests that run almost all of browser/ between them; the others add less than a line each.
MEASURED := contracts tunnel/test_adapter.py tunnel/test_check.py $(addprefix test_,$(addsuffix .py,\
  install_check rich_notes notes_adapter host_pages way token_stays from_the_note life_limits))
WIDGET := $(shell find pywidget web -name node_modules -prune -o -path web/package -prune -o -path pywidget/words/en.json -o -type f -print) pyproject.toml

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# Also with -j: several targets install into one folder, and the tests use all cores by themselves.
.NOTPARALLEL:
.PHONY: help demo test build lint types unit browser-tests firefox-core engines editors editor-tests canary browser firefox nginx format screenshots rooms bench clean
.PHONY: hosts-tests long-unit browser-tests-short webkit pyodide-tests browser-tests-chromium browser-tests-firefox browser-tests-webkit
.PHONY: gallery soak fuzz lock provider-tests reproducible audit tunnel tunnel-module tunnel-tests tunnel-check coverage coverage-browser mutants contract docs release watch

help:
	@echo 'Try it'
	@echo '  make demo            build the widget and serve the demo page with a Zoom simulator (PORT=, ZOOM_PORT=);'
	@echo '                       ZOOM_CLIENT_ID= uses the real Zoom, WAY=relay (RELAY_PORT=) or WAY=tunnel (TUNNEL_PORT=) another way to it'
	@echo '  make watch           the same; rebuilds the widget and reloads the page whenever you save a file'
	@echo 'Check it'
	@echo '  make test            run every check and test below up to firefox-core, but for those that take long: what CI runs'
	@echo '  make lint            check format and style'
	@echo '  make types           check types'
	@echo '  make unit            run the tests that need no browser; ARGS="-k name" passes options to pytest'
	@echo '  make provider-tests  sign in at an OAuth server, and read beside an OAuth client, that are not ours'
	@echo '  make browser-tests   run the tests in Chromium; ENGINE=firefox or ENGINE=webkit picks another browser; ARGS= as above'
	@echo '  make firefox-core    run in Firefox what engines do most differently; ARGS= as above'
	@echo '  make engines         run the browser tests in all three engines, and the others in the Python of browsers (long)'
	@echo '  make canary          search everything that a run leaves behind for secrets (long); prints a table'
	@echo '  make pyodide-tests   run the tests that need no browser in the Python that browsers get (long)'
	@echo '  make editor-tests    try the notes in a dozen rich text editors (long)'
	@echo '  make hosts-tests     build pages with React, Vue, Svelte, Angular and Turbo, and create a meeting in each (long)'
	@echo '  make tunnel-tests    try the tunnel: its TLS, its forwarder, every journey through it (long)'
	@echo '  make fuzz            try hostile inputs on everything that reads some; MINUTES=1 for each reader, ARGS="links notes"'
	@echo '  make soak            use the widget ROUNDS=1000 times in one page, and fail if anything grows (long)'
	@echo '  make coverage        show how much of each room the unit tests run; details in htmlcov/'
	@echo '  make coverage-browser  the same, browser tests included; fails if it is too little (long)'
	@echo '  make mutants         change the code in small ways, and see a test fail each time (long); SAMPLE=300 SEED=1 picks some'
	@echo '  make bench           measure loading, many elements and long notes; rewrite docs/benchmarks/'
	@echo 'Change it'
	@echo '  make format          format the code'
	@echo '  make lock            pin what pyproject.toml names and all it brings, with hashes; ARGS=--upgrade takes newer versions'
	@echo '  make docs            make a site of the documents in .cache/site/; a link that leads nowhere is an error'
	@echo '  make contract        rewrite docs/contract.txt, and show what changed for host pages'
	@echo '  make rooms           redraw the picture in ARCHITECTURE.md from the imports'
	@echo '  make screenshots     retake the pictures in docs/images/'
	@echo '  make gallery         take pictures of every state, theme and language to look at, in .cache/gallery/, and say which look'
	@echo '                       otherwise than was accepted; ACCEPT=1 makes them what tests compare with; ARGS="light dark" takes some'
	@echo '  make tunnel-check    report whether the parts of the tunnel are up to date'
	@echo '  make audit           ask whether anything that is pinned is known as vulnerable; fails, too, if nobody answers'
	@echo 'Ship it'
	@echo '  make build           write dist/, the folder to upload; TUNNEL=1 adds dist/tunnel/'
	@echo '  make tunnel          write dist/tunnel/, which pages with data-tunnel need'
	@echo '  make release         write release/: dist/ as an archive, the npm package, the wheel for testers, checksums; dist/tunnel/ only with TUNNEL=1'
	@echo '  make reproducible    build the last commit in two places, and compare every byte (long); TUNNEL=1 as above'
	@echo '  make clean           remove everything that these commands have made'

demo: $(DEMO_READY) dist/embed.js $(if $(filter tunnel,$(WAY)),dist/tunnel/manifest.json)
	@$(BIN)/python -m e2e.demo --port $(PORT) --zoom-port $(ZOOM_PORT) --relay-port $(RELAY_PORT) \
	  --tunnel-port $(TUNNEL_PORT) --way '$(WAY)' --zoom-client-id '$(ZOOM_CLIENT_ID)'

watch: $(DEMO_READY) dist/embed.js $(if $(filter tunnel,$(WAY)),dist/tunnel/manifest.json)
	@$(BIN)/python -m e2e.watch --port $(PORT) --zoom-port $(ZOOM_PORT) --relay-port $(RELAY_PORT) \
	  --tunnel-port $(TUNNEL_PORT) --way '$(WAY)' --zoom-client-id '$(ZOOM_CLIENT_ID)'

test: lint types unit provider-tests browser-tests-short firefox-core

build: dist/embed.js.br $(if $(TUNNEL),dist/tunnel/manifest.json.br)
	@$(BIN)/python -m web.manifest

tunnel: dist/tunnel/manifest.json

lint: $(TEST_READY) $(NODE_TEST_READY)
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/lint-imports --no-logo --no-cache
	$(BIOME) ci --error-on-warnings

types: $(TEST_READY) $(NODE_TEST_READY)
	$(BIN)/mypy
	$(TSC) -p web/tsconfig.json
	$(TSC) -p web/tools/tsconfig.json
	$(TSC) -p e2e/tsconfig.json

unit: $(TEST_READY) $(NODE_TEST_READY)
	$(BIN)/pytest -n 2 --dist loadfile -m 'not long' tests $(ARGS)

long-unit: $(TEST_READY) $(NODE_TEST_READY)
	$(BIN)/pytest -m long tests

fuzz: $(TEST_READY)
	@$(BIN)/python -m tests.fuzz --minutes $(MINUTES) $(ARGS)

coverage: $(TEST_READY)
	@mkdir -p .cache/coverage
	$(BIN)/coverage run -m pytest -n 2 --dist loadfile tests $(ARGS)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/python -m tests.coverage_by_room

coverage-browser: $(TUNNEL_READY) $(NODE_TEST_READY) .cache/tunnel/tls.wasm browser nginx
	@rm -rf .cache/coverage && mkdir -p .cache/coverage
	$(BIN)/python -m e2e.measured.build --tunnel
	$(BIN)/coverage run -m pytest -n 2 --dist loadfile tests
	DIST=.cache/measured/dist $(BIN)/pytest -n 2 --dist loadfile --coverage $(MEASURED:%=e2e/%)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/python -m tests.coverage_by_room --gate

mutants: $(TEST_READY)
	@$(BIN)/python -m tests.mutants --sample $(SAMPLE) --seed $(SEED) $(ARGS)

contract: $(TEST_READY) $(NODE_READY)
	@$(BIN)/python -m tests.public_contract

release: build
	@$(BIN)/python -m web.release $(if $(TUNNEL),--tunnel)

reproducible: $(DEMO_READY) $(NODE_READY) $(if $(TUNNEL),.cache/tunnel/tls.wasm)
	@$(BIN)/python -m web.reproducible $(if $(TUNNEL),--tunnel)

browser-tests: browser-tests-$(ENGINE)

browser-tests-chromium: $(TEST_READY) $(NODE_TEST_READY) dist/embed.js browser nginx
	$(BIN)/pytest -n 3 --dist loadfile -m '$(IN_BROWSERS)' --ignore e2e/webkit e2e $(ARGS)

browser-tests-short: $(TEST_READY) $(NODE_TEST_READY) dist/embed.js browser nginx
	$(BIN)/pytest -n 3 --dist loadfile -m '$(IN_BROWSERS) and not long' --ignore e2e/webkit e2e $(ARGS)

browser-tests-firefox: $(TEST_READY) $(NODE_TEST_READY) dist/embed.js firefox nginx
	$(BIN)/pytest -n 2 --dist loadfile -m '$(IN_BROWSERS)' --engine firefox --ignore e2e/webkit e2e $(ARGS)

browser-tests-webkit: $(WEBKIT_READY) $(NODE_TEST_READY) dist/embed.js webkit
	$(BIN)/pytest e2e/webkit $(ARGS)

firefox-core: $(TEST_READY) $(NODE_TEST_READY) dist/embed.js firefox
	$(BIN)/pytest -n 2 -m 'core and $(IN_BROWSERS)' --engine firefox --ignore e2e/webkit e2e $(ARGS)

engines: browser-tests-chromium browser-tests-firefox browser-tests-webkit pyodide-tests long-unit

provider-tests: $(TEST_READY) $(PROVIDER_READY)
	$(BIN)/pytest e2e/provider $(ARGS)

editors: $(EDITORS_READY)

editor-tests: $(TEST_READY) $(NODE_TEST_READY) dist/embed.js $(EDITORS_READY) browser
	$(TSC) -p e2e/editors/tsconfig.json
	$(BIN)/pytest -n 2 e2e/editors

hosts-tests: $(TEST_READY) $(NODE_TEST_READY) dist/embed.js $(HOSTS_READY) browser
	$(BIN)/pytest e2e/hosts $(ARGS)

canary: $(TEST_READY) $(NODE_TEST_READY) dist/embed.js browser
	$(BIN)/pytest -q e2e/canary

pyodide-tests: $(PYODIDE_SITE)/.ready $(NODE_READY)
	node tests/in_pyodide/run.mjs $(PYODIDE_SITE) -q tests $(ARGS)

tunnel-module: .cache/tunnel/tls.wasm

tunnel-tests: $(TUNNEL_READY) $(NODE_TEST_READY) dist/tunnel/manifest.json .cache/tunnel/sanitized.wasm browser firefox nginx
	$(BIN)/pytest -n 2 --dist loadfile web/tunnel/tests
	TLS_MODULE=.cache/tunnel/sanitized.wasm $(BIN)/pytest -n 2 --dist loadfile $(TLS_TESTS)
	$(BIN)/pytest -n 2 --dist loadfile -m tunnel e2e
	$(BIN)/pytest --engine firefox -m 'core and tunnel' e2e
	$(BIN)/pytest -n 3 --dist loadfile --way tunnel -m 'not tunnel' e2e/test_*.py
	$(BIN)/pytest -n 2 --engine firefox --way tunnel -m 'core and not tunnel' e2e/test_*.py

tunnel-check: $(TUNNEL_READY)
	@$(BIN)/python -m web.tunnel.check_age

browser firefox: $(TEST_READY)
	@$(BIN)/python -m e2e.browser $(subst browser,chromium,$@)

webkit: $(WEBKIT_READY)
	@$(BIN)/python -m e2e.webkit.engine

nginx: $(TEST_READY)
	@$(BIN)/python -m e2e.relay.nginx

format: $(TEST_READY) $(NODE_TEST_READY)
	$(BIN)/ruff format
	$(BIN)/ruff check --fix
	$(BIOME) check --write

rooms: $(TEST_READY)
	@$(BIN)/python -m tests.rooms

screenshots: $(TEST_READY) dist/embed.js browser
	$(BIN)/python -m e2e.screenshots docs/images
	$(BIN)/python -m e2e.error_pictures docs/images/errors

# The pictures' fonts come with what tests need of npm.
gallery: $(TEST_READY) $(NODE_TEST_READY) browser
	@$(BIN)/python -m e2e.gallery .cache/gallery $(if $(ACCEPT),--accept) $(ARGS)

audit: $(UPKEEP_READY) $(NODE_TEST_READY)
	@$(BIN)/python -m web.audit

# constraints.txt first: it holds all sets to the same versions, and to those of before unless ARGS says --upgrade.
lock: $(UPKEEP_READY)
	@$(PIN) --all-extras --output-file constraints.txt
	@$(PIN_HASHES) --extra demo --output-file requirements/demo.txt
	@$(PIN_HASHES) --extra demo --extra test --output-file requirements/test.txt
	@$(PIN_HASHES) --extra demo --extra test --extra tunnel --output-file requirements/tunnel.txt
	@$(PIN_HASHES) --extra demo --extra test --extra webkit --output-file requirements/webkit.txt
	@$(PIN_HASHES) --extra docs --output-file requirements/docs.txt
	@$(PIN_HASHES) --extra upkeep --output-file requirements/upkeep.txt

# A warning, such as one of a link that leads nowhere, is an error here.
docs: $(DOCS_READY)
	@rm -rf .cache/site
	@$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going --conf-dir docs/site --doctree-dir .cache/doctrees . .cache/site
	@echo 'Open .cache/site/index.html'

soak: $(TEST_READY) $(NODE_TEST_READY) dist/embed.js browser
	@$(BIN)/python -m e2e.soak --rounds $(ROUNDS)

bench: $(TEST_READY) dist/embed.js.br browser
	$(BIN)/python -m e2e.bench --out docs/benchmarks

clean:
	rm -rf .venv .cache dist dist.unfinished dist-tunnel.unfinished release web/node_modules e2e/editors/node_modules e2e/provider/node_modules \
	  e2e/hosts/vite/node_modules e2e/hosts/angular/node_modules \
	  .mypy_cache .pytest_cache .ruff_cache .hypothesis htmlcov test-results pywidget/words/*.json
	find . -name __pycache__ -prune -exec rm -rf {} +

# The check page in it holds a package that setting up installs.
dist/embed.js: $(WIDGET) $(NODE_READY) | $(DEMO_READY)
	$(BIN)/python -m web.build

# Only what is uploaded or measured needs the smaller forms of the files beside them.
dist/embed.js.br: dist/embed.js
	node web/tools/compress.mjs dist .cache/build/compressed

# Goes away whenever the rest is built: it fits one build only.
dist/tunnel/manifest.json: dist/embed.js .cache/tunnel/tls.wasm
	$(BIN)/python -m web.build_tunnel

dist/tunnel/manifest.json.br: dist/tunnel/manifest.json
	node web/tools/compress.mjs dist/tunnel .cache/build/compressed

$(DEMO_READY): pyproject.toml e2e/kit/pyproject.toml requirements/demo.txt | .venv/bin/python
	$(call INSTALL_PINNED,demo)
	$(INSTALL_PROJECT)
	@touch $@

$(TEST_READY): pyproject.toml requirements/test.txt | .venv/bin/python
	$(call INSTALL_PINNED,test)
	$(INSTALL_PROJECT)
	@touch $@ $(DEMO_READY)

$(TUNNEL_READY): pyproject.toml requirements/tunnel.txt | .venv/bin/python
	$(call INSTALL_PINNED,tunnel)
	$(INSTALL_PROJECT)
	@touch $@ $(TEST_READY) $(DEMO_READY)

$(WEBKIT_READY): pyproject.toml requirements/webkit.txt | .venv/bin/python
	$(call INSTALL_PINNED,webkit)
	$(INSTALL_PROJECT)
	@touch $@ $(TEST_READY) $(DEMO_READY)

$(PYODIDE_SITE)/.ready: tests/in_pyodide/requirements.txt | $(DEMO_READY)
	@rm -rf $(PYODIDE_SITE)
	$(PIP) --require-hashes --no-deps --only-binary=:all: --platform any --python-version 3.14 --target $(PYODIDE_SITE) --requirement $<
	@touch $@

# Not for pyproject.toml: what pins its packages must not wait for them to be pinned.
$(UPKEEP_READY): requirements/upkeep.txt | .venv/bin/python
	$(call INSTALL_PINNED,upkeep)
	@touch $@

# The site needs Sphinx and its own steps, not the project.
$(DOCS_READY): requirements/docs.txt | .venv/bin/python
	$(call INSTALL_PINNED,docs)
	@touch $@

# Whatever it is made of: it may only come out as it is pinned.
.cache/tunnel/tls.wasm: $(TUNNEL_SOURCES) $(TUNNEL_READY)
	$(BIN)/python -m web.tunnel.build_module $@

.cache/tunnel/sanitized.wasm: $(TUNNEL_SOURCES) $(TUNNEL_READY)
	$(BIN)/python -m web.tunnel.build_module --sanitized $@

$(NODE_READY): web/package.json web/package-lock.json
	@$(NODE_CHECK)
	$(NPM) web ci --omit=dev
	@touch $@

# What only checks and tests need makes installing take twice as long: the demo does without.
$(NODE_TEST_READY): web/package.json web/package-lock.json
	@$(NODE_CHECK)
	$(NPM) web ci
	@touch $(NODE_READY) $@

$(PROVIDER_READY): e2e/provider/package.json e2e/provider/package-lock.json
	@$(NODE_CHECK)
	$(NPM) e2e/provider ci
	@touch $@

$(HOSTS_READY): %/node_modules/.package-lock.json: %/package.json %/package-lock.json
	$(NPM) $* ci
	@touch $@

$(EDITORS_READY): e2e/editors/package.json e2e/editors/package-lock.json | $(NODE_READY)
	$(NPM) e2e/editors ci
	@touch $@

# Debian keeps venv in a package of its own.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed: PYTHON=python3.13 make ...")'
	@$(PYTHON) -m venv .venv || { rm -rf .venv; [ "$$(id -u)" = 0 ] && apt-get install -y python3-venv && $(PYTHON) -m venv .venv; } \
	  || { rm -rf .venv; echo 'Python cannot make a virtual environment here (on Debian: apt install python3-venv).' >&2; exit 1; }
