/**
 * `npm run demo`: sets up, generates, renders and validates every environment, and says where the YAML lies.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  generate,
  listProjectEnvironments,
  redactSecrets,
  show,
  summarize,
  textReport,
  validate,
} from '../lib/index.ts';
import { setUp } from './set-up.ts';
import { ROOT } from './steps.ts';

const OUT = 'rendered';

const onProgress = (line: string): void => console.log(line);

await setUp(['tk', 'jb', 'locate']);
const { files, changes } = await generate({ root: ROOT });
console.log(`generated ${files} files, ${changes.length} of them new`);

const environments = await listProjectEnvironments({ cwd: ROOT, onProgress });
const rendered = await show({
  cwd: ROOT,
  onProgress,
  environments: environments.map((environment) => environment.path),
});
for (const { place, yaml } of rendered) {
  const file = path.join(OUT, `${place.environment}.yaml`);
  mkdirSync(path.dirname(path.join(ROOT, file)), { recursive: true });
  writeFileSync(path.join(ROOT, file), await redactSecrets(yaml));
  console.log(`rendered ${file}`);
}

const result = await validate({ cwd: ROOT, onProgress });
console.log(`validated against Kubernetes ${result.kubernetes}`);
console.log(textReport(result.environments, ROOT));
console.log(`The YAML lies in ${path.join(ROOT, OUT)}, with the values of Secrets redacted.`);
process.exitCode = summarize(result.environments).errors > 0 ? 1 : 0;
