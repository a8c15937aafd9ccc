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

command -v node >/dev/null || absent "node is not installed"
if [ ! -d "$modules/node_modules/ajv-formats" ] || ! cmp -s "$here/package-lock.json" "$modules/package-lock.json"; then
  command -v npm >/dev/null || absent "npm is not installed"
  mkdir -p "$modules"
  cp "$here/package.json" "$here/package-lock.json" "$modules/"
  if ! (cd "$modules" && npm ci --ignore-scripts --no-audit --no-fund --fetch-retries=1 --fetch-timeout=20000) >"$modules/npm.log" 2>&1; then
    rm -f "$modules/package-lock.json"
    tail -n 5 "$modules/npm.log"
    absent "npm could not install it"
  fi
fi
exec node "$here/validate.mjs" "$@"
