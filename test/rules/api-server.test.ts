import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadAll } from 'js-yaml';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FINDING_CODES } from '../../lib/finding/codes.ts';
import { describeCluster } from '../cluster/describe-cluster.ts';
import { ROOT } from '../cli/tankard.ts';
import { ALL_CASES } from './cases/all.ts';
import { DryRun, type SentObject } from './dry-run.ts';
import { findingsIn } from './findings-in.ts';

/** Errors that the API server lets through: a controller then does nothing, without a word. */
const OF_CONTROLLERS = new Set(['workloads/autoscaler-conflict', 'workloads/ingress-backend-port']);

const WORKLOADS = Object.keys(FINDING_CODES).filter((code) => code.startsWith('workloads/'));

/** The YAML of a page under its headings. */
function examplesOf(code: string): { readonly wrong: string; readonly right: string } {
  const page = readFileSync(path.join(ROOT, `docs/rules/${code}.md`), 'utf8');
  const [wrong = '', right = ''] = Array.from(
    page.matchAll(/^```yaml\n(.*?)^```$/gms),
    ([, yaml]) => yaml ?? '',
  );
  return { wrong, right };
}

describeCluster('the rules of workloads and an API server', (server) => {
  let dryRun: DryRun;
  let judged = 0;
  const disagreements: string[] = [];

  beforeAll(async () => {
    dryRun = new DryRun(server().kubeconfig);
    await dryRun.createNamespace('shop');
  });

  afterAll(() => {
    const agreed = judged - disagreements.length;
    console.log(`the API server and the rules agree on ${agreed} of ${judged} manifests`);
  });

  /** What one of both refuses and the other takes. */
  async function disagreement(name: string, yaml: string): Promise<string[]> {
    const refusals: string[] = [];
    for (const object of loadAll(yaml) as SentObject[]) {
      const refusal = await dryRun.refusal(object);
      if (refusal !== undefined) refusals.push(refusal);
    }
    const errors = (await findingsIn(yaml)).filter(({ severity }) => severity === 'error');
    judged += 1;
    if (refusals.length > 0 === errors.length > 0) return [];
    const messages = errors.map(({ code, message }) => `${code}: ${message}`);
    const found = `${name}: the server says ${JSON.stringify(refusals)}, Tankard ${JSON.stringify(messages)}`;
    disagreements.push(found);
    return [found];
  }

  test.each(Object.entries(ALL_CASES))('agree on the cases of %s', async (_code, cases) => {
    const found: string[] = [];
    for (const [name, yaml] of Object.entries({ ...cases.wrong, ...cases.right }))
      found.push(...(await disagreement(name, yaml)));
    expect(found).toEqual([]);
  });

  test.each(WORKLOADS.filter((code) => !OF_CONTROLLERS.has(code)))(
    'agree on the page of %s',
    async (code) => {
      const { wrong, right } = examplesOf(code);
      const found = [
        ...(await disagreement('wrong', wrong)),
        ...(await disagreement('right', right)),
      ];
      expect(found).toEqual([]);
    },
  );

  test('the server takes what only a controller trips over', async () => {
    for (const code of OF_CONTROLLERS)
      for (const object of loadAll(examplesOf(code).wrong) as SentObject[])
        expect(await dryRun.refusal(object)).toBeUndefined();
  });
});
