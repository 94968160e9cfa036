#!/usr/bin/env bash
# Print the path of a Chromium: one that is there, else by the system's packages (as root), else by Playwright.
set -uo pipefail
cd "$(dirname "$0")/.."
find_one() {
  for name in "${DRAAD_TEST_CHROMIUM:-}" chromium chromium-browser google-chrome; do
    [ -n "$name" ] && command -v "$name" && return 0
  done
  return 1
}
find_one && exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >/dev/null 2>&1
  find_one && exit 0
fi
if .venv/bin/playwright install chromium >/dev/null 2>&1; then
  .venv/bin/python -c 'from playwright.sync_api import sync_playwright as s
with s() as p: print(p.chromium.executable_path)' && exit 0
fi
echo "chromium: none found and none could be installed" >&2
exit 1
