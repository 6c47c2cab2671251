import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { JsonSchema } from '../../lib/model/json-schema.ts';
import type { Json } from '../../lib/model/node.ts';
import { findCelVerdicts, type Verdict, verdictsOf } from './cel-verdicts.ts';
import { knownRules } from './known-rules.ts';
import { type OwnVerdict, ownVerdict, rulesOf } from './own-verdict.ts';
import { PROBE_SCHEMA, PROBE_VALUE } from './probe-value.ts';
import { PROBES } from './probes.ts';
import { RandomValues } from './random-values.ts';

/** For a longer search: `TANKARD_CEL_RUNS` values a rule, `TANKARD_CEL_SEED` another seed. */
const RUNS = Number(process.env['TANKARD_CEL_RUNS'] ?? 24);
const SEED = Number(process.env['TANKARD_CEL_SEED'] ?? 1000);
const LONG = 3_600_000;

interface Judged {
  readonly rule: string;
  readonly schema: JsonSchema;
  readonly value: Json;
}

interface Disagreement {
  readonly rule: string;
  readonly own: OwnVerdict['verdict'];
  readonly reason: string;
}

const found = await findCelVerdicts();
if ('missing' in found) console.log(`the API server's CEL does not judge: ${found.missing}`);

function listed(): Disagreement[] {
  const file = path.join(import.meta.dirname, 'disagreements.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Disagreement[];
}

async function judge(cases: readonly Judged[]): Promise<[Judged, Verdict, OwnVerdict][]> {
  if ('missing' in found) return [];
  const schemas = [...new Set(cases.map(({ schema }) => schema))];
  const index = new Map(schemas.map((schema, at) => [schema, at]));
  const asked = cases.map(({ schema, value }) => ({ schema: index.get(schema) ?? -1, value }));
  const theirs = verdictsOf(found.file, schemas as unknown as Json[], asked);
  const rules = schemas.map(rulesOf);
  const judged = cases.map(async (one, at): Promise<[Judged, Verdict, OwnVerdict]> => {
    const own = await ownVerdict(rules[index.get(one.schema) ?? -1], one.value);
    return [one, theirs[at] as Verdict, own];
  });
  return Promise.all(judged);
}

/** Prints the counts; fails when a disagreement is not listed. */
function expectAgreement(what: string, judged: readonly [Judged, Verdict, OwnVerdict][]): void {
  const compared = judged.filter(([, { verdict }]) => verdict !== 'compile');
  const differences = compared.filter(([, theirs, own]) => theirs.verdict !== own.verdict);
  const isListed = ({ rule }: Judged, own: OwnVerdict): boolean =>
    listed().some((entry) => entry.rule === rule && entry.own === own.verdict);
  const others = differences.filter(([one, , own]) => !isListed(one, own));
  const counts = new Map<string, number>();
  for (const [, { verdict }] of compared) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  console.log(
    `${what}: ${compared.length - differences.length} of ${compared.length} verdicts agree with the API server ` +
      `(${[...counts].map(([verdict, count]) => `${count} ${verdict}`).join(', ')}), ` +
      `${differences.length - others.length} listed disagreements, ${others.length} others; ` +
      `${judged.length - compared.length} that it does not compile are left out`,
  );
  const shown = others
    .slice(0, 5)
    .map(([{ rule, value }, theirs, own]) => ({ rule, value, theirs, own }));
  expect(shown).toEqual([]);
}

describe.skipIf('missing' in found)('CEL gives the verdict of the API server', () => {
  let cases: Judged[];
  beforeAll(async () => {
    const known = await knownRules();
    cases = known.flatMap(({ rule, schema }, index) => {
      const literals = [...rule.matchAll(/'([^']*)'/g)].map(([, text = '']) => text);
      const random = new RandomValues(SEED + index, literals);
      const { spec } = schema['properties'] as { readonly spec: JsonSchema };
      return Array.from({ length: RUNS }, () => ({
        rule,
        schema,
        value: { spec: random.value(spec) },
      }));
    });
  }, LONG);

  test(
    'on every rule of the CRDs that Tankard pins, over random values',
    async () => {
      const judged = await judge(cases);
      expect(judged.length).toBeGreaterThanOrEqual(RUNS * 125);
      expectAgreement('rules of known CRDs', judged);
      const refused = new Set(
        judged.filter(([, { verdict }]) => verdict !== 'pass').map(([{ rule }]) => rule),
      );
      const passed = new Set(
        judged.filter(([, { verdict }]) => verdict === 'pass').map(([{ rule }]) => rule),
      );
      // A rule that only ever passes, or never, tells nothing of whether it was understood.
      const both = [...refused].filter((rule) => passed.has(rule));
      console.log(
        `${both.length} of ${new Set([...refused, ...passed]).size} rules met both verdicts`,
      );
      expect(both.length).toBeGreaterThan(100);
    },
    LONG,
  );

  test(
    'on probes of every function library',
    async () => {
      const probes = Object.values(PROBES).flat();
      const judged = await judge(
        probes.map((rule) => ({ rule, schema: probeSchema(rule), value: { spec: PROBE_VALUE } })),
      );
      expectAgreement('probes', judged);
      const occurring = judged.filter(([, theirs, own]) => theirs.verdict !== own.verdict);
      const rules = new Set(occurring.map(([{ rule }]) => rule));
      const unused = listed().filter(({ rule }) => !rules.has(rule));
      expect(unused, 'disagreements that no longer occur').toEqual([]);
    },
    LONG,
  );
});

function probeSchema(rule: string): JsonSchema {
  const spec = { ...PROBE_SCHEMA, 'x-kubernetes-validations': [{ rule }] };
  return { type: 'object', properties: { spec } };
}
