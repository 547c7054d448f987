# Installs pip packages for a task: pip <requirements file>, with `python`, `folder` and `key` set above.
# An environment is made once for each set of packages and used by every task of the owner that wants the same. It is made where
# it stays, since programs in it hold its path; what was not finished has no `.ready` beside it and is made anew.
umask 022
# Without locks an environment cannot be shared.
type -P flock >/dev/null || folder=$CASSINI_TASK/own-environments
environment=$folder/$key

use() {
  : >"$environment.ready"
  printf '%s\n' "$environment" >"$CASSINI_TASK/overlay"
  exit
}
reuse() {
  [ ! -e "$environment.ready" ] || { echo "The packages are there: an earlier run has installed the same ones."; use; }
}

mkdir -p -- "$folder" || exit
reuse
if type -P flock >/dev/null; then
  exec 9>"$environment.lock" || exit
  flock -n 9 || { echo "Another run is installing the same packages; waiting for it."; flock 9; }
  reuse
fi
rm -rf -- "$environment"

# Where the host has pip itself, the environment sees it. Else Python brings its own, where its distribution has not taken it out.
# Else uv, which needs neither, if the host has it.
made() { "$python" -I -m venv --system-site-packages "$@" "$environment" && "$environment/bin/python" -I -m pip --version; }
if { made --without-pip || made; } >/dev/null 2>&1; then
  install=("$environment/bin/python" -I -m pip install --no-input --disable-pip-version-check)
elif type -P uv >/dev/null; then
  uv venv --quiet --clear --system-site-packages --python "$python" "$environment" || exit
  install=(uv pip install --python "$environment/bin/python")
else
  printf '%s\n' "The Python of this host, $python, cannot make environments. Install its pip and venv (on Debian: apt-get install python3-pip python3-venv), or uv."
  exit 1
fi
"${install[@]}" -r "$1" 9>&- || exit
use
