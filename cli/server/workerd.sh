#!/bin/sh
# Stands in for the Workers runtime so that it never outlives the server that started it: where the
# system can (Linux with util-linux), the runtime is killed together with its parent, kill -9 included.
# `exec` keeps the process id, which the next start reads to end a runtime that was left behind.
echo $$ >"$FIGHTJUDGE_RUNTIME_PID_FILE"
if command -v setpriv >/dev/null 2>&1 && setpriv --pdeathsig KILL true >/dev/null 2>&1; then
  exec setpriv --pdeathsig KILL "$FIGHTJUDGE_WORKERD" "$@"
fi
exec "$FIGHTJUDGE_WORKERD" "$@"
