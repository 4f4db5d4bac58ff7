#!/usr/bin/env bash
# Installs what is missing, builds Texelscope, and opens it: ./run.sh [IMAGE...]
# Where there is no display it encodes the images without a window and keeps the results in ./texelscope-out. Other
# arguments than images (a command such as `devices`, or --help) go to the program as they are.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$root/tools/setup.sh"

install_packages build run
configure release OFF
build release texelscope
program=$root/build/release/app/texelscope

# encode_without_window IMAGE: artifact, decoded picture, sheet and report under names that nothing has yet.
encode_without_window() {
  local image=$1 folder=texelscope-out name base number=1 status=0
  name=$(basename "${image%.*}")
  base=$folder/$name
  mkdir -p "$folder" || fail "$folder: cannot be made here; start run.sh in a folder that can be written"
  while [ -e "$base.dds" ] || [ -e "$base.png" ] || [ -e "$base-sheet.png" ] || [ -e "$base.json" ]; do
    number=$((number + 1))
    base=$folder/$name-$number
  done
  "$program" run "$image" --preset tinybc --out "$base.dds" --decoded "$base.png" --sheet "$base-sheet.png" \
    --report "$base.json" || status=$?
  [ "$status" -eq 0 ] || return "$status"
  cat <<EOF

Kept:
  $base-sheet.png   original, reconstruction, codec view and error, with the figures above
  $base.dds         the BC7 texture
  $base.png         the texture decoded
  $base.json        the report
EOF
}

if has_display || [[ ${1:-} == -* || ${1:-} =~ ^(run|decode|compare|codecs|devices|bench|play)$ ]]; then
  exec "$program" "$@"
fi

say "No display (DISPLAY is not set, or nothing answers there): encoding without a window."
[ $# -gt 0 ] || set -- "$root/assets/samples/garden.png"
status=0
for image in "$@"; do
  encode_without_window "$image" || status=$?
done
exit "$status"
