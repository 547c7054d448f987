# Clones one repository: clone <url> <path> <branch|tag|commit> <reference or nothing> [words that take a privilege back]
# Writes the commit that is checked out to descriptor 3. As little as possible is fetched: where a server gives single
# commits, one; else all branches and tags.
set -eu
url=$1 path=$2 type=$3 reference=$4
shift 4
lower=("$@")

# No hook, no helper for credentials, no template of the host's: a repository brings data, not programs.
settings=(-c core.hooksPath=/dev/null -c credential.helper= -c http.lowSpeedLimit=100 -c http.lowSpeedTime=60
  -c advice.detachedHead=false -c init.defaultBranch=main -c gc.auto=0 -c maintenance.auto=false -c fetch.recurseSubmodules=false)
git() { command git "${settings[@]}" "$@"; }
checkout() { "${lower[@]}" git "${settings[@]}" checkout -q "$@" --; }
fetch() { git fetch -q --no-tags "$@"; }
fail() { printf '%s\n' "$1" >&2; exit 1; }

printf 'Cloning %s into %s\n' "$url" "$path"
git init -q --template= -- "$path"
cd -- "$path"
git remote add -- origin "$url"

branch() {
  fetch --depth 1 -- origin "+refs/heads/$1:refs/remotes/origin/$1" || fail "The branch $1 could not be fetched from $url."
  checkout -B "$1" --track "refs/remotes/origin/$1"
}

# The branch that the server takes for its own; a server may also stand on a commit alone, or have none at all.
default() {
  head=$(git ls-remote --symref -- origin HEAD) || fail "The repository $url could not be read."
  case $head in
    "ref: refs/heads/"*) head=${head#ref: refs/heads/}; branch "${head%%[[:space:]]*}" ;;
    "") printf 'The repository %s has no commit yet.\n' "$url"; exit 0 ;;
    *) fetch --depth 1 -- origin HEAD; checkout --detach FETCH_HEAD ;;
  esac
}

tag() {
  fetch --depth 1 -- origin "+refs/tags/$1:refs/tags/$1" || fail "The tag $1 could not be fetched from $url."
  checkout --detach "refs/tags/$1^{commit}"
}

commit() {
  if [[ $1 =~ ^([0-9a-f]{40}|[0-9a-f]{64})$ ]] && fetch --depth 1 -- origin "$1" 2>/dev/null; then
    checkout --detach "$1"
    return
  fi
  fetch -- origin "+refs/heads/*:refs/remotes/origin/*" "+refs/tags/*:refs/tags/*" || fail "The repository $url could not be read."
  found=()
  for object in $(git rev-parse --disambiguate="$1"); do
    if [ "$(git cat-file -t "$object")" = commit ]; then found+=("$object"); fi
  done
  [ "${#found[@]}" -gt 0 ] || fail "No branch or tag of $url leads to the commit $1."
  [ "${#found[@]}" -eq 1 ] || fail "The repository $url has ${#found[@]} commits that begin with $1. Write more of it."
  checkout --detach "${found[0]}"
}

if [ -n "$reference" ]; then "$type" "$reference"; else default; fi
git rev-parse HEAD >&3
printf 'Checked out %s\n' "$(git rev-parse HEAD)"
