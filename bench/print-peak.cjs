// Loaded before a program: writes its largest resident memory, in KiB, to the file that TANKARD_BENCH_PEAK names.
const { writeFileSync } = require('node:fs');

process.on('exit', () => {
  writeFileSync(process.env.TANKARD_BENCH_PEAK, String(process.resourceUsage().maxRSS));
});
