#!/usr/bin/env bash
# Style, types, contracts between rooms, translations, security: everything that needs no database. All are run; any failure fails.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
failed=()
run() { printf -- '-- %s\n' "$1"; shift; "$@" || failed+=("$1"); }

run "style" $bin/ruff check --quiet .
run "format" $bin/ruff format --check --quiet .
templates=$(git ls-files 'src/*.html' 2>/dev/null)
run "templates" $bin/djade --check --target-version 5.2 $templates
run "types" $bin/mypy
run "contracts between rooms" $bin/lint-imports --no-cache
run "security" $bin/bandit --quiet --recursive --configfile pyproject.toml src tools
run "translations" $bin/python tools/messages.py check
run "migrations" env DRAAD_DATA_DIR="$(mktemp -d)" $bin/draad makemigrations --check --dry-run --verbosity 0
if [ ${#failed[@]} -gt 0 ]; then printf 'check: FAILED: %s\n' "${failed[*]}"; exit 1; fi
echo "check: all in order"
