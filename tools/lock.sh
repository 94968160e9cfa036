#!/usr/bin/env bash
# Resolve pyproject.toml and requirements/dev.in into hash-locked files that name no registry.
set -euo pipefail
cd "$(dirname "$0")/.."
lock() { .venv/bin/uv pip compile --universal --generate-hashes --no-header --no-annotate --no-emit-index-url \
  --no-emit-find-links --python-version 3.11 --quiet "$@"; }
lock pyproject.toml -o requirements/run.lock
lock pyproject.toml requirements/dev.in -o requirements/dev.lock
lock requirements/node.in -o requirements/node.lock
