import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { parseManifests } from '../../lib/manifest/parse-manifests.ts';
import { showEnvironment } from '../../lib/tanka/show.ts';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { makeEnvironment } from '../tanka/project.ts';

beforeAll(() => ensureTool('tk'));

test('strings with line separators come out of tk as they went in', async () => {
  const part = fc.constantFrom('\u2028', '\u2029', '\n', ' ', '  ', 'a', 'b: c', '- ', '|', "'");
  const text = fc
    .array(part, { maxLength: 9 })
    .map((parts) => `x${parts.join('')}`)
    // Of these tk prints what only YAML 1.1 reads: the next key may stand on the same line.
    .filter((value) => !/\n[\u2028\u2029]|\n[^]*[\u2028\u2029]$/.test(value));
  const values = fc.sample(text, { numRuns: 400, seed: 7 });
  const data = {
    lead: '  lead\u2028x\n\nend',
    last: 'a\u2028',
    plain: 'a - |',
    nested: [[{ one: 'q\u2028r\ns', two: 'a\u2028b' }, 'x\u2028y\nz\u2028 u'], values],
    ...Object.fromEntries(values.map((value, index) => [`k${index}`, value])),
    'a\u2028b': 'c',
  };
  const object = { apiVersion: 'example.com/v1', kind: 'Odd', metadata: { name: 'odd' }, data };
  const root = await makeEnvironment(JSON.stringify(object));
  const tk = (await ensureTool('tk')).path;
  const { yaml } = await showEnvironment({ tk, root, environment: 'environments/dev' });
  const [manifest] = parseManifests(yaml.toString());
  expect(manifest?.value['data']).toEqual(data);
});
