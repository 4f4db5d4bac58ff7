#!/usr/bin/env bash
# Installs what is missing, builds everything, and runs all tests: ./test.sh [CTEST ARGUMENT...], such as -R container.
# The unit and fuzz tests run a second time under AddressSanitizer and UndefinedBehaviorSanitizer.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$root/tools/setup.sh"

install_packages build run test
configure release ON
build release
configure asan ON
build asan unit_and_fuzz_tests

# The tests of the window open it on a screen of their own. It must not reset itself when the last window closes: the next
# one may be opening.
screen=()
has_display || screen=(xvfb-run --auto-servernum --server-args "-screen 0 1920x1200x24 -noreset")

sanitized=0
ctest --test-dir "$root/build/asan" --output-on-failure --no-tests=ignore --label-regex '^(unit|fuzz)$' "$@" ||
  sanitized=$?
"${screen[@]}" ctest --test-dir "$root/build/release" --output-on-failure "$@"
[ "$sanitized" -eq 0 ] || fail "tests failed under the sanitizers (the first of the two runs above)"
