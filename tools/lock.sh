#!/bin/sh
# Renews locks/*.txt: every package that `make` installs, by version and hash, for every supported Python and platform.
# The resolver runs from a virtualenv that is thrown away, because it is needed here and nowhere else.
# Only names, versions and hashes are written, never where they came from: any index or mirror serves them.
#
#   tools/lock.sh PYTHON [resolver option]…      e.g. `make lock LOCK_OPTIONS='--upgrade-package nh3'`
set -eu

python=$1
shift
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT INT TERM

"$python" -m venv "$room/venv"
"$room/venv/bin/python" -m pip --disable-pip-version-check install --quiet uv

# feedgen is the one package that is published as source only; --fork-strategy fewest: the same versions on every Python,
# because the same records must give the same bytes.
resolve() {
  target=$1
  shift
  "$room/venv/bin/uv" pip compile pyproject.toml --quiet --universal --python-version 3.11 --fork-strategy fewest \
    --generate-hashes --only-binary :all: --no-binary feedgen --no-emit-index-url --annotation-style line \
    --custom-compile-command 'make lock' --output-file "$target" "$@"
}

mkdir -p locks
resolve locks/dev.txt --group build --group dev "$@"
resolve locks/run.txt --constraint locks/dev.txt
"$room/venv/bin/uv" pip compile --group build --quiet --universal --python-version 3.11 --generate-hashes --only-binary :all: \
  --no-emit-index-url --annotation-style line --custom-compile-command 'make lock' --constraint locks/dev.txt \
  --output-file locks/build.txt
