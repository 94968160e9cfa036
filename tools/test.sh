#!/usr/bin/env bash
# Every check, then the whole suite on SQLite with a real Chromium, then once more on PostgreSQL when one answers.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
status=0
notes=()
unset DATABASE_URL
# The suite makes its own data folders; one that was inherited must not be touched.
unset DRAAD_DATA_DIR

bash tools/check.sh || status=1

DRAAD_TEST_CHROMIUM=$(bash tools/chromium.sh) && export DRAAD_TEST_CHROMIUM \
  || notes+=("no Chromium could be had: the browser tests did not run")
DRAAD_SHARED=${DRAAD_SHARED:-../shared}
[ -d "$DRAAD_SHARED" ] && export DRAAD_SHARED=$(cd "$DRAAD_SHARED" && pwd) \
  || notes+=("no original documents at DRAAD_SHARED: the tests that read them did not run")

workers=${DRAAD_TEST_WORKERS:-$(python3 -c 'import os; print(max(1, min(8, os.cpu_count() or 1)))')}
suite() { $bin/pytest -q -n "$workers" --dist loadgroup "$@"; }

echo "-- tests on SQLite"
suite "$@" || status=1

postgres=${DRAAD_TEST_POSTGRES:-postgresql://postgres@127.0.0.1:5432/postgres}
if $bin/python tools/answers.py "$postgres"; then
  echo "-- on PostgreSQL every test that has to do with a database"
  DATABASE_URL=$postgres suite "$@" || status=1
else
  notes+=("no PostgreSQL answers at DRAAD_TEST_POSTGRES: the suite ran on SQLite alone")
fi
for note in "${notes[@]+"${notes[@]}"}"; do echo "note: $note"; done
[ $status -eq 0 ] && echo "test: all in order" || echo "test: FAILED"
exit $status
