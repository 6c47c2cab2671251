import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../lib/disk/package-root.ts';
import { FINDING_CODES } from '../../../lib/finding/codes.ts';
import type { Manifest } from '../../../lib/manifest/parse-manifests.ts';
import { annotationFindings } from '../../../lib/validate/annotation-findings.ts';
import { validateManifests } from '../../../lib/validate/validate-manifests.ts';
import { sharedUpstream } from '../../validate/shared-upstream.ts';
import { ownFamilies } from '../families.ts';
import { useEvaluators, valueOf } from '../jsonnet/evaluators.ts';

const { tanka } = useEvaluators();
const families = await ownFamilies();
const REFERENCE = path.join(packageRoot(), 'docs/reference');

function readPage(name: string): string {
  return readFileSync(path.join(REFERENCE, `${name}.md`), 'utf8');
}

function examplesOf(page: string): string[] {
  return [...page.matchAll(/^```jsonnet\n(.*?)\n```$/gms)].map((match) => match[1] as string);
}

/** The rows of all tables of a page, as the reader sees their cells. */
function rowsOf(page: string): string[][] {
  return page
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim().replace(/\\([*_<>|[\]])/g, '$1')),
    );
}

/** The Kubernetes objects in a value, at any depth; what lacks apiVersion and kind is a part for other objects. */
function manifestsIn(value: unknown): Manifest[] {
  if (typeof value !== 'object' || value === null) return [];
  const { apiVersion, kind, metadata } = value as Record<string, unknown>;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string')
    return Object.values(value).flatMap(manifestsIn);
  const { name, namespace } = metadata as { name: string; namespace: string };
  const resource = { apiVersion, kind, name, namespace };
  return [{ index: 0, resource, value: value as Manifest['value'] }];
}

describe.each(families.map((family) => [family.name, family] as const))(
  'the page of %s',
  (name, family) => {
    const page = readPage(name);

    it('has the examples of every definition, and they evaluate', async () => {
      const declared = family.definitions.flatMap((definition) => definition.examples);
      expect(examplesOf(page)).toEqual(declared);
      for (const example of examplesOf(page)) {
        const program = `local tankard = import 'tankard/main.libsonnet';\n${example}`;
        expect(valueOf(await tanka(program)), example).toBeTruthy();
      }
    });

    it('has objects in its examples that the real schemas and controllers accept', async () => {
      const program = `local tankard = import 'tankard/main.libsonnet';\n[${examplesOf(page).join(',\n')}]`;
      const manifests = manifestsIn(valueOf(await tanka(program)));
      expect(manifests.length > 0).toBe(name !== 'reflector');
      const options = { upstream: await sharedUpstream(), allowedUnknownKinds: new Set<string>() };
      // One at a time: two examples may show the same object.
      for (const manifest of manifests) {
        const { findings, validated } = await validateManifests([manifest], options);
        expect([...findings, ...(await annotationFindings(manifest))]).toEqual([]);
        expect(validated).toBe(1);
      }
    }, 300_000);

    it('has the signature of every function', () => {
      for (const definition of family.definitions)
        for (const fn of definition.functions) {
          const start = `- \`${name}.${definition.name}.${fn.name}(`;
          const line = page.split('\n').find((one) => one.startsWith(start));
          expect(line, start).toBeDefined();
          for (const { parameter } of fn.parameters) expect(line).toContain(parameter.name);
        }
    });

    it('has a row for every parameter with type, rule, default, place and source', () => {
      const rows = rowsOf(page);
      expect(new Set(rows.map((row) => row.length))).toEqual(new Set([6]));
      for (const definition of family.definitions)
        for (const parameter of definition.parameters) {
          const row = rows.find(
            (cells) =>
              cells[0] === `\`${parameter.name}\`` &&
              cells[2] === `${parameter.description} Must be ${parameter.expected}.`,
          );
          expect(row, `${definition.name}.${parameter.name}`).toBeDefined();
          const { default: fallback } = parameter.node;
          expect(row?.[1]).not.toBe('');
          expect(row?.[3]).toBe(fallback === undefined ? '' : `\`${JSON.stringify(fallback)}\``);
          for (const target of parameter.targets) expect(row?.[4]).toContain(String(target.at(-1)));
          expect(row?.[5]).toBe(parameter.source);
        }
    });
  },
);

describe('the reference', () => {
  it('lists every family in its index and has no other pages', () => {
    const index = readPage('README');
    for (const { name } of families) expect(index).toContain(`(${name}.md)`);
    const pages = [...families.map(({ name }) => `${name}.md`), 'README.md', 'findings.md'];
    expect(readdirSync(REFERENCE).sort()).toEqual(pages.sort());
  });

  it('explains every finding code', () => {
    const rows = rowsOf(readPage('findings'));
    for (const [code, { severity, title }] of Object.entries(FINDING_CODES))
      expect(rows).toContainEqual([`\`${code}\``, severity, title]);
  });
});
