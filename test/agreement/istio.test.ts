import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { findingsIn } from '../rules/findings-in.ts';
import { corpus, type JudgedObject } from './istio/corpus.ts';
import { findIstioVerdicts, istioVerdicts, type IstioVerdict } from './istio/istio-verdicts.ts';

/** Objects of which Istio and the rules say different things, and why that is right. */
interface Listed {
  /** Who refuses the objects: the other one takes them. */
  readonly refusedBy: 'istio' | 'tankard';
  readonly reason: string;
  /** Names of the corpus. */
  readonly objects: readonly string[];
}

interface Judged extends JudgedObject {
  readonly istio: IstioVerdict;
  /** Errors of the rules, each with its code. */
  readonly tankard: readonly string[];
}

const LONG = 3_600_000;
const found = await findIstioVerdicts();
if ('missing' in found) console.log(`Istio does not judge: ${found.missing}`);

function listed(): Listed[] {
  const file = path.join(import.meta.dirname, 'istio', 'disagreements.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Listed[];
}

/** The errors that the object alone gives rise to. */
async function errorsOf({ object }: JudgedObject): Promise<string[]> {
  const findings = await findingsIn(JSON.stringify(object));
  return findings
    .filter(({ severity, code }) => severity === 'error' && /^(schema|gateways)\//.test(code))
    .map(({ code, message }) => `${code}: ${message}`);
}

function refusedBy({ istio, tankard }: Judged): Listed['refusedBy'] | undefined {
  if (istio.errors.length > 0 === tankard.length > 0) return undefined;
  return istio.errors.length > 0 ? 'istio' : 'tankard';
}

describe.skipIf('missing' in found)('Istio and the rules', () => {
  let judged: Judged[];
  let different: Judged[];

  beforeAll(async () => {
    if ('missing' in found) return;
    const objects = corpus();
    const verdicts = istioVerdicts(
      found.file,
      objects.map(({ object }) => object),
    );
    judged = [];
    for (const [index, one] of objects.entries())
      judged.push({
        ...one,
        istio: verdicts[index] as IstioVerdict,
        tankard: await errorsOf(one),
      });
    different = judged.filter((one) => refusedBy(one) !== undefined);
  }, LONG);

  test('agree on what each kind refuses, but for what is listed', () => {
    for (const kind of new Set(judged.map((one) => one.kind))) {
      const own = judged.filter((one) => one.kind === kind);
      const refused = own.filter(({ istio }) => istio.errors.length > 0).length;
      const apart = own.filter((one) => different.includes(one)).length;
      console.log(
        `${kind}: ${own.length - apart} of ${own.length} verdicts agree with Istio, which refuses ${refused}; ${apart} disagreements`,
      );
      // One side that refuses everything, or nothing, would prove nothing.
      expect(refused, kind).toBeGreaterThan(10);
      expect(own.length - refused, kind).toBeGreaterThan(10);
    }
    expect(judged.length).toBeGreaterThanOrEqual(150);
    const known = new Map(
      listed().flatMap(({ objects, refusedBy: side }) => objects.map((name) => [name, side])),
    );
    const others = different.filter((one) => known.get(one.name) !== refusedBy(one));
    expect(
      others.map(({ name, istio, tankard }) => ({ name, istio: istio.errors, tankard })),
    ).toEqual([]);
  });

  test('still disagree on everything that is listed', () => {
    const names = new Set(different.map(({ name }) => name));
    const unused = listed().flatMap(({ objects }) => objects.filter((name) => !names.has(name)));
    expect(unused).toEqual([]);
  });

  test('have objects of different names', () => {
    const names = judged.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
