import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../lib/disk/package-root.ts';
import { FINDING_CODES } from '../../../lib/finding/codes.ts';
import type { Manifest } from '../../../lib/manifest/parse-manifests.ts';
import { bindingsOf } from '../../../lib/model/binding.ts';
import { validateManifests } from '../../../lib/validate/validate-manifests.ts';
import { annotationFindings } from '../../../lib/validate/annotation-findings.ts';
import { sharedUpstream } from '../../validate/shared-upstream.ts';
import { ownFamilies } from '../families.ts';
import { useEvaluators, valueOf } from '../jsonnet/evaluators.ts';
import { blocksOf, pairsOf, rowsOf, sectionOf, shownValue } from './reference-page.ts';

const { tanka } = useEvaluators();
const families = await ownFamilies();
/** Kinds of operators whose schemas are not among the upstream ones. */
/** The PEM texts of examples are cut short. */
const CUT_SHORT = new Set(['secrets/tls-certificate', 'secrets/tls-key']);

const UNKNOWN_KINDS = new Set(['eks.services.k8s.aws/v1alpha1/PodIdentityAssociation']);
const REFERENCE = path.join(packageRoot(), 'docs/reference');

function readPage(name: string): string {
  return readFileSync(path.join(REFERENCE, `${name}.md`), 'utf8');
}

function withLibrary(expression: string): string {
  return `local tankard = import 'tankard/main.libsonnet';\n${expression}`;
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

    const examples = family.definitions.flatMap((definition) => definition.examples);
    const mistakes = family.definitions.flatMap((definition) => definition.mistakes);
    const pairs = pairsOf(page);

    it('has the examples and the mistakes of every definition', () => {
      const declared = [...examples, ...mistakes.map(({ example }) => example)];
      expect(pairs.map(([example]) => example)).toEqual(declared);
      expect(blocksOf(page)).toHaveLength(2 * declared.length);
    });

    it('shows what tk renders of each example', async () => {
      const values = valueOf(await tanka(withLibrary(`[${examples.join(',\n')}]`))) as unknown[];
      const shown = values.map((value) =>
        typeof value === 'string' ? value.replace(/\n$/, '') : value,
      );
      expect(pairs.slice(0, examples.length).map(([, block]) => shownValue(block))).toEqual(shown);
    });

    it('shows the message with which each mistake is refused', async () => {
      expect(mistakes.length).toBeGreaterThanOrEqual(2);
      const titles = [...page.matchAll(/^### (.*)$/gm)].map(([, title]) => title);
      expect(titles.map((title) => title?.replaceAll('\\', '').toLowerCase())).toEqual(
        mistakes.map(({ title }) => title.toLowerCase()),
      );
      for (const [index, { example }] of mistakes.entries()) {
        const { error } = await tanka(withLibrary(example));
        const shown = pairs[examples.length + index]?.[1].text ?? '';
        expect(shown).toMatch(new RegExp(`^${name}\\.\\w+\\.\\w+: \\w+ must be `));
        expect(error).toContain(`RUNTIME ERROR: ${shown}\n`);
      }
    });

    it('has objects in its examples that the real schemas and controllers accept', async () => {
      const manifests = manifestsIn(valueOf(await tanka(withLibrary(`[${examples.join(',\n')}]`))));
      expect(manifests.length > 0).toBe(name !== 'reflector');
      const options = {
        upstream: await sharedUpstream(),
        allowedUnknownKinds: UNKNOWN_KINDS,
        isPartial: true,
      };
      // One at a time: two examples may show the same object.
      for (const manifest of manifests) {
        const { findings, validated } = await validateManifests([manifest], options);
        expect(findings.filter(({ code }) => !CUT_SHORT.has(code))).toEqual([]);
        const { apiVersion, kind } = manifest.resource;
        expect(validated).toBe(UNKNOWN_KINDS.has(`${apiVersion}/${kind}`) ? 0 : 1);
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
      for (const definition of family.definitions) {
        const rows = rowsOf(sectionOf(page, `${name}.${definition.name}`));
        for (const parameter of definition.parameters) {
          const row = rows.find(([cell]) => cell === `\`${parameter.name}\``);
          expect(row?.[2]).toBe(`${parameter.description} Must be ${parameter.expected}.`);
          const { default: fallback } = parameter.node;
          expect(row?.[1]).not.toBe('');
          const required = parameter.required ? 'required' : '';
          expect(row?.[3]).toBe(
            fallback === undefined ? required : `\`${JSON.stringify(fallback)}\``,
          );
          for (const target of parameter.targets) expect(row?.[4]).toContain(String(target.at(-1)));
          expect(row?.[5]).toBe(parameter.source);
        }
      }
    });

    it('has a row for every key that is checked in manifests, with the kinds that it is read on', () => {
      const rows = rowsOf(page).filter((cells) => cells.length === 3);
      const own = bindingsOf([family]);
      expect(rows.slice(rows.length === 0 ? 0 : 2)).toEqual(
        bindingsOf(families)
          .filter(({ key, field }) => own.some((one) => one.key === key && one.field === field))
          .map(({ key, field, kinds, expected }) => [
            `${field.slice(0, -1)} \`${key}\``,
            kinds.join(', '),
            expect.stringContaining(expected),
          ]),
      );
    });

    it('says of other keys under its prefixes what validating says', async () => {
      for (const { prefix } of family.prefixes) {
        const sentence = new RegExp(`under \`${prefix}\` is .*?: an? (error|warning)`).exec(page);
        const [finding] = await annotationFindings({
          resource: { apiVersion: 'v1', kind: 'ServiceAccount', name: 'a' },
          value: {
            kind: 'ServiceAccount',
            metadata: { annotations: { [`${prefix}nothing-of-the-kind`]: 'x' } },
          },
        });
        expect(finding?.code).toBe('annotation/unknown-key');
        expect(sentence?.[1]).toBe(finding?.severity);
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
