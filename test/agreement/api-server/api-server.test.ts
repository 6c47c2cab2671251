import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import pMap from 'p-map';
import { beforeAll, expect, test } from 'vitest';
import { cacheDirectory } from '../../../lib/disk/cache.ts';
import { parseManifests } from '../../../lib/manifest/parse-manifests.ts';
import { findExecutable } from '../../../lib/tools/find-executable.ts';
import { openUpstream, type Upstream } from '../../../lib/sources/upstream.ts';
import { validateManifests } from '../../../lib/validate/validate-manifests.ts';
import { describeCluster } from '../../cluster/describe-cluster.ts';
import { CLASSES } from './classes/all.ts';
import { type Case, kindOf, label, type Valid, validManifests } from './corpus.ts';
import { checksCrd, crdsOf, withCrd } from './custom-resources.ts';
import { compareWithList, type Judged, readDisagreements, refusing } from './disagreements.ts';
import { ServerJudge } from './server-judge.ts';

const LONG = 30 * 60_000;
/** The server and the schemas stand at the same minor version. */
const KUBERNETES = '1.36';
const NAMESPACES = ['shop'];
/** The codes that say what an API server says. */
const SERVER_CODES = /^(?:schema|manifest|api|workloads)\//;
const VALID_CLASS = 'valid';
/** Of kubectl so many cases are asked, since it takes a second each. */
const KUBECTL_CASES = 16;
/** For looking at what both say: a file that gets all verdicts as JSON. */
const { TANKARD_AGREEMENT_REPORT } = process.env;

/** What Tankard says of one object; undefined: it would let it through. */
async function judgeByTankard(
  value: Case['value'],
  upstream: Upstream,
): Promise<string | undefined> {
  const manifests = parseManifests(JSON.stringify(value));
  const { findings } = await validateManifests(manifests, {
    upstream,
    allowedUnknownKinds: new Set(),
  });
  const errors = findings.filter(
    ({ severity, code }) => severity === 'error' && SERVER_CODES.test(code),
  );
  if (errors.length === 0) return undefined;
  return errors
    .map(({ code, path: place = [], message }) => `${code} ${place.join('.')}: ${message}`)
    .join('; ');
}

describeCluster('agreement with the API server', (server) => {
  let judged: Judged[];
  let cases: (Case & { className: string })[];
  let valid: Valid[];

  beforeAll(async () => {
    const upstream = await openUpstream({
      directory: cacheDirectory('schemas'),
      kubernetes: KUBERNETES,
    });
    const known = upstream.kinds().find(({ dialect }) => dialect === 'crd');
    if (known === undefined) throw new Error('no custom resource is known');
    const all = withCrd(upstream, checksCrd(), known);
    valid = await validManifests(all);
    const judge = await ServerJudge.connect(server());
    const used = valid.map(({ kind }) => kind).filter(({ module }) => module !== 'checks-crd.yaml');
    await judge.install(NAMESPACES, [...(await crdsOf(used, all)), checksCrd()]);
    cases = [
      ...valid.map((one) => ({ className: VALID_CLASS, name: label(one), value: one.value })),
      ...CLASSES.flatMap((each) =>
        each.cases(valid).map((one) => ({ ...one, className: each.name })),
      ),
    ];
    const answers = await pMap(cases, (one) => judge.judge(one.value, kindOf(one.value, all)), {
      concurrency: 4,
    });
    judged = [];
    for (const [index, { className, name, value }] of cases.entries())
      judged.push({
        className,
        name,
        server: answers[index],
        tankard: await judgeByTankard(value, all),
      });
    if (TANKARD_AGREEMENT_REPORT !== undefined)
      await writeFile(
        TANKARD_AGREEMENT_REPORT,
        JSON.stringify(
          judged.map((one, i) => ({ ...one, value: cases[i]?.value })),
          null,
          1,
        ),
      );
  }, LONG);

  test('the corpus is large and of many kinds', () => {
    const kinds = new Set(valid.map(({ kind }) => `${kind.apiVersion} ${kind.kind}`));
    const groups = new Set(
      valid.filter(({ kind }) => kind.dialect === 'crd').map(({ kind }) => kind.module),
    );
    expect(cases.length).toBeGreaterThan(300);
    expect(kinds.size).toBeGreaterThan(60);
    expect(groups.size).toBeGreaterThan(5);
    expect(new Set(cases.map(({ className, name }) => `${className} ${name}`)).size).toBe(
      cases.length,
    );
    for (const each of CLASSES) {
      const own = judged.filter(({ className }) => className === each.name);
      expect(own.length, each.name).toBeGreaterThanOrEqual(10);
    }
  });

  test('the valid manifests are valid to the server', () => {
    const refused = judged.filter(
      ({ className, server: said }) => className === VALID_CLASS && said !== undefined,
    );
    expect(refused).toEqual([]);
  });

  test('both say the same of nearly all, and the rest is listed', () => {
    const lines = [VALID_CLASS, ...CLASSES.map(({ name }) => name)].map((name) =>
      lineOf(name, judged),
    );
    const agreed = judged.filter((one) => refusing(one) === undefined).length;
    const percent = (100 * agreed) / judged.length;
    console.log(
      `${lines.join('\n')}\nAPI server and validator: ${agreed} of ${judged.length} verdicts agree, ${percent.toFixed(1)} %`,
    );
    const { unlisted, over } = compareWithList(judged, readDisagreements());
    expect(unlisted).toEqual([]);
    expect(over, 'listed disagreements that no longer occur').toEqual([]);
    expect(percent).toBeGreaterThanOrEqual(99);
  });

  const kubectl = findExecutable('kubectl');
  if (kubectl === undefined) console.log('kubectl is not on PATH: only the API itself is asked');
  test.skipIf(kubectl === undefined)(
    'kubectl apply --dry-run=server --validate=strict gives the same verdicts',
    async () => {
      const step = Math.floor(cases.length / KUBECTL_CASES);
      const sample = cases
        .map((one, index) => ({ one, index }))
        .filter(
          ({ one, index }) => index % step === 0 && 'name' in (one.value['metadata'] as object),
        );
      for (const { one, index } of sample) {
        const args = ['apply', '--dry-run=server', '--validate=strict', '-f', '-'];
        const { exitCode, stderr } = await execa(
          kubectl ?? '',
          [
            '--kubeconfig',
            server().kubeconfig,
            '--cache-dir',
            path.join(server().directory, 'kube-cache'),
            ...args,
          ],
          { input: JSON.stringify(one.value), reject: false },
        );
        expect([one.name, exitCode === 0, exitCode === 0 ? '' : stderr]).toEqual([
          one.name,
          judged[index]?.server === undefined,
          exitCode === 0 ? '' : stderr,
        ]);
      }
    },
    LONG,
  );
});

function lineOf(name: string, judged: readonly Judged[]): string {
  const own = judged.filter(({ className }) => className === name);
  const agreed = own.filter((one) => refusing(one) === undefined).length;
  const refused = own.filter((one) => one.server !== undefined).length;
  return `  ${name}: ${agreed} of ${own.length} agree (the server refuses ${refused})`;
}
