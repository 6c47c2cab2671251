// Kills the process with SIGKILL before the change of files below KILL_BELOW whose number, from 0, is KILL_AT.
const fs = require('node:fs');

let left = Number(process.env.KILL_AT);
for (const name of ['linkSync', 'mkdirSync', 'renameSync', 'rmSync', 'writeFileSync']) {
  const change = fs[name];
  fs[name] = (...args) => {
    const isCounted = args.some(
      (one) => typeof one === 'string' && one.startsWith(process.env.KILL_BELOW),
    );
    if (isCounted && left-- === 0) process.kill(process.pid, 'SIGKILL');
    return change(...args);
  };
}
