# make run     serve Plan Samenleven on http://127.0.0.1:8000 (PORT changes it)
# make test    every check and test, on SQLite and, where one answers, on PostgreSQL
# make check   style, types, contracts
# make bench   benchmarks, as ratios
# make pictures  the pictures of the documentation, taken by the browser tests
.PHONY: run setup setup-dev test check bench pictures clean

VENV := .venv
BIN := $(VENV)/bin
export DRAAD_DATA_DIR ?= data
PORT ?= 8000

run: setup
	@$(BIN)/draad prepare
	@exec $(BIN)/draad serve --port $(PORT)

setup:
	@bash tools/setup.sh run

setup-dev:
	@bash tools/setup.sh dev

test: setup-dev
	@bash tools/test.sh

check: setup-dev
	@bash tools/check.sh

bench: setup-dev
	@for file in benchmarks/*.py; do $(BIN)/python $$file || exit 1; done

pictures: setup-dev
	@DRAAD_PICTURES=1 DRAAD_TEST_CHROMIUM=$$(bash tools/chromium.sh) $(BIN)/pytest -q tests/browser/test_flow.py tests/browser/test_plan_flow.py tests/browser/test_tutorial.py

clean:
	rm -rf $(VENV) node_modules build src/draad/web/static/vendor
