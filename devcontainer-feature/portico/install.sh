#!/bin/sh
# Installs Portico into a devcontainer: the server, the command `portico`, and `portico-testing`, which starts a portal.
# Runs as root while the container is built, with the feature's options as variables.
set -eu

REPOSITORY=${REPOSITORY:-}
REF=${REF:-main}
PORT=${PORT:-8080}
HTTPSPORT=${HTTPSPORT:-8443}
SEED=${SEED:-}
DEMO=${DEMO:-false}
AUTOSTART=${AUTOSTART:-true}
# Tests install elsewhere.
PREFIX=${PORTICO_PREFIX:-/usr/local}

here=$(cd "$(dirname "$0")" && pwd)
home=$PREFIX/lib/portico

fail() {
  echo "portico: $*" >&2
  exit 1
}

# The node feature puts Node behind nvm, whose directory the shell of a build may not know.
PATH=$PATH:/usr/local/share/nvm/current/bin
command -v node >/dev/null || fail 'there is no Node here: add the feature ghcr.io/devcontainers/features/node'
node -e 'const [a, b] = process.versions.node.split("."); process.exit(a * 1000 + +b < 20019 ? 1 : 0)' ||
  fail "Node $(node --version) is too old: 20.19 or newer is needed"

rm -rf "$home"
mkdir -p "$home" "$PREFIX/bin" "$PREFIX/share/portico"
if [ -f "$here/portico.tgz" ]; then
  tar -xzf "$here/portico.tgz" -C "$home"
else
  [ -n "$REPOSITORY" ] || fail 'say where Portico is: the option repository, or portico.tgz beside install.sh'
  command -v git >/dev/null || fail 'git is needed to fetch the repository'
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  git init --quiet "$work"
  git -C "$work" fetch --quiet --depth 1 "$REPOSITORY" "$REF"
  git -C "$work" checkout --quiet FETCH_HEAD
  (cd "$work" && npm ci --no-audit --no-fund && node scripts/package.mjs "$home")
fi
# Whoever works in the container runs it.
chmod -R a+rX "$home"
ln -sf "$home/bin/portico.mjs" "$PREFIX/bin/portico"

# Written down in quotes of a shell, whatever is in them.
quoted() { printf "'%s'" "$(printf %s "$1" | sed "s/'/'\\\\''/g")"; }
cat >"$PREFIX/share/portico/options" <<END
PORT=$(quoted "$PORT")
HTTPS_PORT=$(quoted "$HTTPSPORT")
SEED=$(quoted "$SEED")
DEMO=$(quoted "$DEMO")
AUTOSTART=$(quoted "$AUTOSTART")
END

sed "s|@OPTIONS@|$PREFIX/share/portico/options|; s|@PORTICO@|$PREFIX/bin/portico|" "$here/portico-testing" \
  >"$PREFIX/bin/portico-testing"
chmod 755 "$PREFIX/bin/portico-testing"
echo "portico: $("$PREFIX/bin/portico" --version) is installed"
