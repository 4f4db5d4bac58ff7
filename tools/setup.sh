# shellcheck shell=bash disable=SC2154
# What run.sh and test.sh share: packages and builds. To be sourced by bash; $root is the repository.
# Talk goes to stderr; what a command is asked for goes to stdout.

say() { printf '%s\n' "$*" >&2; }
fail() { say "$(basename "$0"): $*"; exit 1; }

# packages_of SECTION...: the names under these headings of third_party/packages.txt.
packages_of() {
  awk -v sections=" $* " '
    { sub(/#.*/, "") }
    /^\[/ { wanted = index(sections, " " substr($1, 2, length($1) - 2) " ") > 0; next }
    wanted && NF { print $1 }' "$root/third_party/packages.txt"
}

# missing_of PACKAGE...: those that are not installed.
missing_of() {
  # dpkg-query fails if it does not know one of them, which is no fault here.
  { dpkg-query --show --showformat '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true; } |
    awk -v wanted="$*" '
      $2 == "installed" { installed[$1] = 1 }
      END { n = split(wanted, name, " "); for (i = 1; i <= n; ++i) if (!(name[i] in installed)) print name[i] }'
}

# logged LOG COMMAND...: runs it with its output in LOG, which is shown if it fails.
logged() {
  local log=$1
  shift
  "$@" </dev/null >"$log" 2>&1 || { tail -n 40 "$log" >&2; return 1; }
}

# install_packages SECTION...: what of these sections is missing, with apt-get.
install_packages() {
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "No dpkg and apt-get here: the packages of third_party/packages.txt are taken to be installed."
    return
  fi
  local wanted missing
  mapfile -t wanted < <(packages_of "$@")
  mapfile -t missing < <(missing_of "${wanted[@]}")
  [ "${#missing[@]}" -gt 0 ] || return 0

  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null ||
      fail "packages are missing and there is no sudo; as root: apt-get install ${missing[*]}"
    as_root=(sudo)
    sudo -v || fail "packages are missing; as root: apt-get install ${missing[*]}"
  fi
  say "Installing ${#missing[@]} packages: ${missing[*]}"
  local log apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get --quiet --option Acquire::Retries=3)
  log=$(mktemp)
  # Package lists may be absent, and old ones name versions that are gone from the archive. A source of the machine's
  # own that does not answer need not matter.
  logged "$log" "${apt[@]}" update || say "apt-get update had problems (see above); going on with the lists there are."
  logged "$log" "${apt[@]}" install --yes --no-install-recommends "${missing[@]}" ||
    fail "apt-get could not install: ${missing[*]} (see above)"
  rm -f "$log"
}

# configure PRESET TESTS: TESTS is ON or OFF. Nothing to do where that was done before: ninja looks after changes.
configure() {
  local preset=$1 tests=$2 cache=$root/build/$1/CMakeCache.txt fresh=()
  if [ -f "$root/build/$preset/build.ninja" ] && grep -qx "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache"; then
    grep -qx "TEXELSCOPE_TESTS:BOOL=ON" "$cache" && return
    [ "$tests" = OFF ] && return
  elif [ -f "$cache" ]; then
    fresh=(--fresh)  # it stopped half way, or the repository has moved
  fi
  say "Configuring ($preset)"
  local log
  log=$(mktemp)
  (cd "$root" && logged "$log" cmake "${fresh[@]}" --preset "$preset" -D TEXELSCOPE_TESTS="$tests") ||
    fail "CMake could not configure build/$preset (see above)"
  rm -f "$log"
}

# build PRESET TARGET...: shows how far it is, and what compilers say; nothing if there is nothing to do.
build() {
  local preset=$1
  shift
  NINJA_STATUS='@%f of %t@ ' ninja -C "$root/build/$preset" "$@" </dev/null 2>&1 | show_progress "Building ($preset)" ||
    fail "the build failed (see above)"
}

# show_progress TITLE: ninja's lines of status become one line that counts up, on a terminal; elsewhere the title alone.
show_progress() {
  local title=$1 line count started=
  while IFS= read -r line; do
    case $line in
      @*'Re-checking globbed'* | '-- '* | 'ninja: no work to do.' | 'ninja: Entering directory'*) ;;
      @*)
        count=${line#@}
        if [ -t 2 ]; then
          printf '\r%s %s' "$title" "${count%%@*}" >&2
        elif [ -z "$started" ]; then
          say "$title"
        fi
        started=yes
        ;;
      *) say "$line" ;;
    esac
  done
  if [ -n "$started" ] && [ -t 2 ]; then say ""; fi
}

# has_display: whether a window can be opened. GLFW of Debian's libglfw3 speaks X11; Wayland sessions give it Xwayland.
has_display() {
  local number
  case ${DISPLAY:-} in
    '') return 1 ;;
    :* | unix:*)
      number=${DISPLAY##*:}
      number=${number%%.*}
      [ -S "/tmp/.X11-unix/X$number" ] || grep -q "@/tmp/.X11-unix/X$number\$" /proc/net/unix 2>/dev/null
      ;;
    *) return 0 ;;  # on another machine; the program will say if it does not answer
  esac
}
