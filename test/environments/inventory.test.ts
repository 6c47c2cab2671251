import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { ROOT, tankard } from '../cli/tankard.ts';
import { INVENTORY } from './inventory.ts';

/** One row of the table: what the walkthrough shows, and how the environment answers it. */
interface Row {
  readonly shown: string;
  readonly answer: string;
  readonly how: string;
}

function readmeOf(environment: string): string {
  return readFileSync(path.join(ROOT, 'environments', environment, 'README.md'), 'utf8');
}

function rowsOf(readme: string): Row[] {
  const [, section = ''] = readme.split('## What the walkthrough shows\n');
  return section
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => {
      const [shown = '', answer = '', how = ''] = line
        .split(/(?<!\\)\|/)
        .slice(1)
        .map((cell) => cell.trim());
      return { shown, answer, how };
    });
}

async function renderedBy(environment: string): Promise<Set<string>> {
  const { stdout } = await tankard(['show', `environments/${environment}`]);
  const manifests = loadAll(stdout) as { kind: string; metadata: { name: string } }[];
  return new Set(manifests.map(({ kind, metadata }) => `${kind}/${metadata.name}`));
}

/** The anchor that a heading has on a page, as GitHub makes it. */
function anchorsOf(readme: string): Set<string> {
  const headings = [...readme.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** What shows Tankard itself. */
const NO_WALKTHROUGH = ['typed-app'];

it('every environment has a table, and every table is held', () => {
  const environments = readdirSync(path.join(ROOT, 'environments')).sort();
  expect([...Object.keys(INVENTORY), ...NO_WALKTHROUGH].sort()).toEqual(environments);
});

describe.each(Object.entries(INVENTORY))(
  'what the walkthrough of %s shows',
  (environment, shown) => {
    const readme = readmeOf(environment);
    const rows = rowsOf(readme);

    it('is answered row by row', () => {
      expect(rows.map((row) => row.shown)).toEqual(shown);
      for (const row of rows) expect(['rendered', 'documented', 'left out']).toContain(row.answer);
    });

    it('is rendered where the table says so', async () => {
      const objects = await renderedBy(environment);
      for (const { answer, how } of rows.filter((row) => row.answer === 'rendered')) {
        const [, object = ''] = /^`([A-Z]\w*\/[^`]+)`/.exec(how) ?? [];
        expect(objects, `${answer}: ${how}`).toContain(object);
      }
    });

    it('is documented where the table says so, or left out with a reason', () => {
      for (const row of rows) {
        if (row.answer === 'documented') expect(isFound(row.how, readme), row.shown).toBe(true);
        if (row.answer === 'left out')
          expect(row.how.split(' ').length, row.shown).toBeGreaterThan(8);
      }
    });
  },
);

/** Whether the page has the section, the step or the command that a cell names, or there is the file. */
function isFound(how: string, readme: string): boolean {
  const text = readme.split('## What the walkthrough shows')[0] ?? '';
  const anchors = anchorsOf(text);
  const links = [...how.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target);
  const steps = [...how.matchAll(/\bsteps? (\d)(?: (?:and|to) (\d))?/gi)].flatMap((match) =>
    match.slice(1).filter((step) => step !== undefined),
  );
  const commands = [...how.matchAll(/`((?:tk|tankard|kubectl|aws) [^`]+)`/g)].map(
    ([, command = '']) => command,
  );
  const found = [
    ...links.map((target) =>
      target.startsWith('#')
        ? anchors.has(target.slice(1))
        : existsSync(path.join(ROOT, 'environments/any', target)),
    ),
    ...steps.map((step) => new RegExp(`^${step}\\. `, 'm').test(text)),
    ...commands.map((command) => text.includes(command)),
  ];
  return found.length > 0 && found.every(Boolean);
}
