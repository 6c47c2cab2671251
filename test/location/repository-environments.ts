import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../lib/disk/package-root.ts';
import type { Program } from './program.ts';

/** The environments of the repository, each with mistakes made at random. */
export function repositoryEnvironments(random: number): Program[] {
  const folder = path.join(packageRoot(), 'environments');
  return readdirSync(folder)
    .toSorted()
    .map((name) => ({
      name: `environments/${name}`,
      random,
      files: filesOf(path.join(folder, name)),
      mistakes: [],
    }));
}

function filesOf(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => !name.endsWith('.md'));
  return Object.fromEntries(
    names.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]),
  );
}
