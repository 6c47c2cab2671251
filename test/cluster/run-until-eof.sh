#!/bin/sh
# run-until-eof.sh DIRECTORY PROGRAM ARGUMENT...
# Runs the program until stdin ends, then kills it and removes the directory. Stdin is a pipe from the test's process, so
# it ends however that process ends, by SIGKILL too. The data is thrown away, so nothing needs a graceful end.
exec 3<&0 </dev/null
directory=$1
shift
"$@" 3<&- &
program=$!
{
  cat <&3 >/dev/null
  kill -KILL "$program"
  rm -rf "$directory"
} >/dev/null 2>&1 &
exec 3<&-
wait "$program"
