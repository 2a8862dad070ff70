#!/bin/sh
# Makes sure that a Chromium is there for `make test-browser`: nothing to do if one is found, installed where that needs no
# question (root on a system with apt-get). Elsewhere it says what to do and leaves the verdict to tests/browser/conftest.py:
# an explained skip on a desk, a failure where CI is set.
set -eu

if [ -n "${POSTMORTEM_CHROMIUM:-}" ]; then
  exit 0
fi
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  if command -v "$name" >/dev/null 2>&1; then
    exit 0
  fi
done
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
  export DEBIAN_FRONTEND=noninteractive
  echo 'Installing Chromium …'
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
else
  echo 'No Chromium found: install one (chromium or google-chrome), or name it in POSTMORTEM_CHROMIUM.' >&2
fi
