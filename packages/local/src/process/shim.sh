# Watches over one task: shim <state> <folder> <home> <environments to mount> <cgroups> <words that give up privileges>
# Where environments are named, the home directory is still to be mounted, and they in it, if pip packages are wanted.
# Started by bash -p with the host's /proc as descriptor 3, in a session of its own, mostly as the first process of a namespace.
# Tells of itself by two files in <state>: `started`, linked before the command can start, so that it starts at most once, and
# `exit`, moved into place. SIGTERM is handed on to the task; at SIGUSR1 the task is killed.
state=$1 folder=$2 home=$3 environments=$4 cgroups=$5
shift 5

end= child=
ask() {
  interrupted=yes
  # SIGTERM is sent to this process until something happens; the task is to have it once.
  [ "$1$end" != TERMTERM ] || return
  end=$1
  [ -z "$child" ] || kill "-$1" -- "-$child" 2>/dev/null
}
trap 'ask TERM' TERM
trap 'ask KILL' USR1

# 22 fields; the second is the program's name in parentheses, `bash`.
read -r pid _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ start _ </proc/self/fd/3/self/stat
read -r boot </proc/sys/kernel/random/boot_id
exec 3<&-
printf '%s %s %s\n' "$pid" "$start" "$boot" >"$state/started.$pid" || exit 1

pip=
[ ! -e "$folder/.cassini/pip" ] || pip=$home/.cassini/pip
if [ -n "$environments" ]; then
  mount -n --bind -- "$folder" "$home" || exit 1
  [ -z "$pip" ] || mount -n --bind -- "$environments" "$home/.cassini/environments" || exit 1
fi

# Nothing of the task has run so far. Of several shims the first goes on.
ln -- "$state/started.$pid" "$state/started" 2>/dev/null || exit 75

umask 022
ulimit -c 0
code=143
# A process group of its own for the task, so that signals reach all of it and not the shim.
set -m
if [ -z "$end" ]; then
  {
    # Version 1 of control groups takes a thread in at once; whole processes wait for the kernel, 10 ms and more.
    for cgroup in $cgroups; do
      members=$cgroup/tasks
      [ -e "$members" ] || members=$cgroup/cgroup.procs
      echo 0 >"$members"
    done
    # When the whole machine is short of memory, tasks go before the platform.
    echo 500 >/proc/self/oom_score_adj
    export CASSINI_TASK="$home/.cassini" HOME="$home" ${pip:+CASSINI_PIP="$pip"}
    exec "$@" "$BASH" -p "$home/.cassini/entry.sh"
  } </dev/null >>"$folder/.cassini/log/command" 2>&1 &
  child=$!
  [ -z "$end" ] || ask "$end"
  # A signal ends the wait, not the task; what a task that has ended by then ended with is remembered.
  while
    interrupted=
    wait "$child"
    code=$?
    [ -n "$interrupted" ]
  do :; done
fi

# What the task has left behind ends with it.
if [ $$ = 1 ]; then kill -KILL -1 2>/dev/null; else kill -KILL -- "-$child" 2>/dev/null; fi
printf '%s %s\n' "$code" "$EPOCHREALTIME" >"$state/exit.part" && mv -- "$state/exit.part" "$state/exit"
