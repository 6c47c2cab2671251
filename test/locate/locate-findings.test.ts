import { mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Finding } from '../../lib/finding/finding.ts';
import { locateFindings, type LocateOptions } from '../../lib/locate/locate-findings.ts';
import { buildLocator } from './locator-binary.ts';
import { MISTAKES } from './mistakes/all.ts';
import type { Mistake } from './mistakes/mistake.ts';
import { writeProject } from './project.ts';

let locator: string;

beforeAll(async () => {
  locator = await buildLocator();
}, 300_000);

function findingOf(mistake: Mistake): Finding {
  return {
    code: 'schema/wrong-value',
    severity: 'error',
    message: 'is wrong',
    resource: mistake.resource,
    path: mistake.path,
    fault: mistake.fault,
  };
}

function optionsFor(root: string, options: Partial<LocateOptions> = {}): LocateOptions {
  return {
    root,
    environmentPath: path.join(root, 'environments', 'x'),
    extCode: {},
    tlaCode: {},
    libraryDirs: [path.join(root, 'vendor')],
    locator,
    ...options,
  };
}

function wantedPlace({ files, line }: Mistake): string {
  if (line !== undefined) return line.join(':');
  for (const [file, text] of Object.entries(files)) {
    const index = (text ?? '').split('\n').findIndex((row) => row.includes('HERE'));
    if (index >= 0) return `${file}:${index + 1}`;
  }
  throw new Error('no line is marked');
}

/** The places reported for a mistake, the first one first, as `file:line`. */
async function locate(
  mistake: Mistake,
): Promise<{ certainty: string | undefined; places: string[] }> {
  const root = await writeProject(mistake.files);
  await symlink(path.join(root, 'lib', 'shared'), path.join(root, 'vendor', 'shared-link'));
  const { extCode = {}, tlaCode = {}, environmentName: name } = mistake;
  const [finding] = await locateFindings(
    [findingOf(mistake)],
    optionsFor(root, { extCode, tlaCode, ...(name !== undefined && { name }) }),
  );
  const location = finding?.location;
  const positions = location === undefined ? [] : [location, ...(location.related ?? [])];
  return {
    certainty: location?.certainty,
    places: positions.map(({ file, line }) => `${path.relative(root, file)}:${line}`),
  };
}

const NEAR = MISTAKES.filter(({ nearBecause }) => nearBecause !== undefined);
const RELATED = MISTAKES.filter(({ relatedBecause }) => relatedBecause !== undefined);
const EXACT = MISTAKES.filter((mistake) => ![...NEAR, ...RELATED].includes(mistake));

describe(`${EXACT.length} of ${MISTAKES.length} seeded mistakes are located exactly`, () => {
  test.each(EXACT)('$name', { timeout: 30_000 }, async (mistake) => {
    const { certainty, places } = await locate(mistake);
    expect({ certainty, place: places[0] }).toEqual({
      certainty: 'exact',
      place: wantedPlace(mistake),
    });
  });

  test('and no fewer', () => {
    expect(EXACT).toHaveLength(62);
    expect(RELATED).toHaveLength(3);
    expect(NEAR).toHaveLength(1);
  });
});

describe('what cannot be told from the path alone', () => {
  test.each(RELATED)('$name: $relatedBecause', { timeout: 30_000 }, async (mistake) => {
    const { places } = await locate(mistake);
    expect(places[0]).not.toBe(wantedPlace(mistake));
    expect(places).toContain(wantedPlace(mistake));
  });

  test.each(NEAR)('$name: $nearBecause', { timeout: 30_000 }, async (mistake) => {
    const { certainty, places } = await locate(mistake);
    expect({ certainty, place: places[0] }).toEqual({
      certainty: 'near',
      place: wantedPlace(mistake),
    });
  });
});

const MAIN = 'environments/x/main.jsonnet';
const SETTINGS = `{
  web: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'web' },
    dat: { 'café': 'é', port: 80 },
  },
}
`;
const SETTING: Finding = {
  code: 'schema/wrong-type',
  severity: 'error',
  message: 'is wrong',
  resource: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'web' },
  path: ['dat', 'port'],
  fault: 'value',
  value: 80,
};
const UNKNOWN: Finding = { ...SETTING, path: ['dat'], fault: 'key' };

describe('one run for many findings', () => {
  test('the order stays, and what is located or about no manifest is left alone', async () => {
    const root = await writeProject({ [MAIN]: SETTINGS });
    const location = { file: '/a', line: 3, column: 1, certainty: 'exact' } as const;
    const environment: Finding = { code: 'environment/empty', severity: 'warning', message: 'm' };
    const located = { ...SETTING, location };
    const findings = await locateFindings(
      [environment, SETTING, located, UNKNOWN],
      optionsFor(root),
    );
    expect(findings[0]).toBe(environment);
    expect(findings[2]).toBe(located);
    expect(findings[1]?.location).toMatchObject({
      file: path.join(root, MAIN),
      line: 6,
      // Bytes: each é before it counts twice.
      column: 33,
      certainty: 'exact',
    });
    expect(findings[3]?.location).toMatchObject({ line: 6, column: 5, certainty: 'exact' });
  });

  test('the value of a finding does not leave the process', async () => {
    const root = await writeProject({ [MAIN]: SETTINGS });
    const copy = path.join(root, 'request.json');
    const spy = await fakeLocator(
      `require('fs').writeFileSync(${JSON.stringify(copy)}, require('fs').readFileSync(0))`,
    );
    await locateFindings([{ ...SETTING, value: 'hunter2' }], optionsFor(root, { locator: spy }));
    const request = await readFile(copy, 'utf8');
    expect(request).toContain('"path":["dat","port"]');
    expect(request).not.toContain('hunter2');
  });
});

async function fakeLocator(body: string): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'tankard-fake-locator-'));
  const file = path.join(folder, 'locate');
  await writeFile(file, `#!${process.execPath}\n${body}\n`, { mode: 0o755 });
  return file;
}

describe('without a usable answer the place is near', () => {
  const FAKES: Record<string, string | undefined> = {
    'no locator': undefined,
    garbage: `process.stdout.write('<html>')`,
    'JSON of another form': `process.stdout.write('{"locations":[{"id":"0","positions":{}},null]}')`,
    'positions that are none': `process.stdout.write('{"locations":[{"id":0,"certainty":"exact","positions":[{"file":"/a","line":0,"column":1}]}]}')`,
    'nothing at all': ``,
    'a failure': `process.stdout.write('{}'); process.exit(1)`,
  };

  test.each(Object.entries(FAKES))('%s', async (_, body) => {
    const root = await writeProject({ [MAIN]: SETTINGS });
    const fake = body === undefined ? undefined : await fakeLocator(body);
    const findings = await locateFindings(
      [SETTING, UNKNOWN, { ...SETTING, path: ['dat', 'gone'], value: undefined }],
      optionsFor(root, { locator: fake }),
    );
    const file = path.join(root, MAIN);
    expect(findings.map(({ location }) => location)).toEqual([
      { file, line: 6, column: 33, certainty: 'near' },
      { file, line: 6, column: 5, certainty: 'near' },
      { file, line: 1, column: 1, certainty: 'near' },
    ]);
  });

  test('a locator that does not exist', async () => {
    const root = await writeProject({ [MAIN]: SETTINGS });
    const [finding] = await locateFindings(
      [SETTING],
      optionsFor(root, { locator: path.join(root, 'nowhere') }),
    );
    expect(finding?.location?.certainty).toBe('near');
  });

  test('a locator that is stopped', async () => {
    const root = await writeProject({ [MAIN]: SETTINGS });
    const hanging = await fakeLocator('setTimeout(() => {}, 60_000)');
    const [finding] = await locateFindings(
      [SETTING],
      optionsFor(root, { locator: hanging, signal: AbortSignal.timeout(300) }),
    );
    expect(finding?.location?.certainty).toBe('near');
  });

  test('an environment that does not evaluate', async () => {
    const root = await writeProject({ [MAIN]: `${SETTINGS} + { broken: error 'no' }\n` });
    const [finding] = await locateFindings([UNKNOWN], optionsFor(root));
    expect(finding?.location).toMatchObject({ line: 6, column: 5, certainty: 'near' });
  });

  test('a manifest that the environment does not render', async () => {
    const root = await writeProject({ [MAIN]: SETTINGS });
    const other = { ...SETTING.resource, kind: 'Secret' } as Finding['resource'] & object;
    const [finding] = await locateFindings([{ ...UNKNOWN, resource: other }], optionsFor(root));
    expect(finding?.location).toMatchObject({ line: 6, column: 5, certainty: 'near' });
  });
});
