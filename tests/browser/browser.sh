#!/bin/sh
# Runs page_test.mjs in Debian's Chromium, driven by playwright-core: with the module in MODULES_DIR, else installs there
# what package-lock.json pins (no browser is fetched). Exits 77 (skipped) when there is no Chromium, no node or the
# module cannot be had; with NEWSD_REQUIRE_BROWSER=1 that is a failure. Screenshots go to MODULES_DIR/screenshots.
# usage: browser.sh MODULES_DIR NEWSD
set -eu
here=$(dirname "$(readlink -f "$0")")
modules=$1

absent() {
  echo "browser: $1: the page was NOT tested"
  [ "${NEWSD_REQUIRE_BROWSER:-0}" = 1 ] && exit 1
  exit 77
}

command -v chromium >/dev/null || absent "chromium is not installed"
why=$("$here/../support/node_modules.sh" "$here" "$modules" playwright-core) || absent "$why"
NEWSD=$(readlink -f "$2") MODULES=$(readlink -f "$modules") SCREENSHOTS=$modules/screenshots
export NEWSD MODULES SCREENSHOTS
exec node --test "$here/page_test.mjs"
