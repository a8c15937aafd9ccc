#!/bin/sh
# Runs validate.mjs with ajv: with the modules in MODULES_DIR, else installs there what package-lock.json pins. Exits 77 (skipped) when there is no node
# or the modules cannot be had; with NEWSD_REQUIRE_AJV=1 that is a failure.
# usage: ajv.sh MODULES_DIR EVENT_LINES_PROGRAM [STANDARDS_DIR]
set -eu
here=$(dirname "$0")
modules=$1

absent() {
  echo "ajv: $1: the lines were NOT checked with it"
  [ "${NEWSD_REQUIRE_AJV:-0}" = 1 ] && exit 1
  exit 77
}

why=$("$here/../../support/node_modules.sh" "$here" "$modules" ajv-formats) || absent "$why"
exec node "$here/validate.mjs" "$@"
