#!/bin/sh
# Holds every page of built sites against the Nu HTML checker: `tools/html.sh FOLDER…`. Needs Java, and vnu.jar: the one
# that POSTMORTEM_VNU names, else the locked version from npm (npx), fetched into npm's own cache.
# What it lets pass is the theme's own and stands in docs/pages.md; anything else is an error, and the exit code is 1.
set -eu

if ! command -v java >/dev/null 2>&1; then
  echo 'html: no Java found; install one (17 or newer), or leave this check to a machine that has it' >&2
  exit 3
fi

themes='Attribute .autocomplete. is only allowed when the input type is .*
The value of the .for. attribute of the .label. element must be the ID of a non-hidden form control.
Bad value .* for attribute .tabindex. on element .label.*'

list=$(mktemp)
trap 'rm -f "$list"' EXIT INT TERM
printf '%s\n' "$themes" >"$list"

if [ -n "${POSTMORTEM_VNU:-}" ]; then
  set -- java -Xss4m -jar "$POSTMORTEM_VNU" --errors-only --skip-non-html --filterfile "$list" "$@"
else
  set -- npx --yes vnu-jar@26.9.27 --errors-only --skip-non-html --filterfile "$list" "$@"
fi
"$@" && echo 'html: no error outside the list of docs/pages.md'
