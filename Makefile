# make run     serve Plan Samenleven on http://127.0.0.1:8000 (PORT changes it)
# make test    every check and test, on SQLite and, where one answers, on PostgreSQL
# make check   style, types, contracts
# make bench   benchmarks, as ratios
.PHONY: run setup setup-dev test check bench clean

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

clean:
	rm -rf $(VENV) node_modules build src/draad/web/static/vendor
