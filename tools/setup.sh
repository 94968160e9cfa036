#!/usr/bin/env bash
# Make .venv with the locked packages (run or dev), the draad command, the browser's third-party files and translations.
# Each step is skipped when its input did not change since it was last done.
set -euo pipefail
cd "$(dirname "$0")/.."
kind=${1:-run}
stamps=.venv/draad
python=${PYTHON:-python3}

say() { printf 'setup: %s\n' "$*"; }
sum() { cat "$@" | sha256sum | cut -d' ' -f1; }
done_before() { [ -f "$stamps/$1" ] && [ "$(cat "$stamps/$1")" = "$2" ]; }
mark() { mkdir -p "$stamps"; printf '%s' "$2" > "$stamps/$1"; }

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { say "Python 3.11 or newer is needed (set PYTHON)"; exit 1; }
[ -x .venv/bin/python ] || { say "virtual environment"; "$python" -m venv .venv; }

packages=$(sum "requirements/$kind.lock")
if ! done_before "packages-$kind" "$packages"; then
  say "packages (requirements/$kind.lock)"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "requirements/$kind.lock" 2>&1 \
    | { grep -v '^WARNING: Location' || true; }
  mark "packages-$kind" "$packages"
fi
project=$(sum pyproject.toml)
if ! done_before project "$project"; then
  say "the draad command"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . 2>&1 \
    | { grep -v '^WARNING: Location' || true; }
  mark project "$project"
fi
browser=$(sum package-lock.json tools/vendor.py)
if ! done_before browser "$browser"; then
  say "files for the browser (package-lock.json)"
  if ! command -v npm >/dev/null; then
    .venv/bin/python -m pip install --quiet --require-hashes -r requirements/node.lock
    export PATH="$PWD/.venv/bin:$PATH"
  fi
  npm ci --ignore-scripts --silent
  .venv/bin/python tools/vendor.py
  mark browser "$browser"
fi
words=$(find src -name '*.po' -print0 | sort -z | xargs -0 cat | sha256sum | cut -d' ' -f1)
if ! done_before words "$words"; then
  say "translations"
  .venv/bin/python tools/messages.py compile
  mark words "$words"
fi
