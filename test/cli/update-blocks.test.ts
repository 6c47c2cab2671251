import { expect, test } from 'vitest';
import { UpdateBlocks } from '../../lib/cli/update-blocks.ts';
import type { ResourceChange } from '../../lib/compare/resource-change.ts';
import type { Finding } from '../../lib/finding/finding.ts';
import type { PreviewEnvironment, PreviewUpdate } from '../../lib/preview/preview-session.ts';

/** The blocks of environments a, b ... that are all being rendered, and what is printed. */
function updateBlocks({ count = 6, hasKeys = false } = {}) {
  const environments = new Map<string, PreviewEnvironment>(
    ['a', 'b', 'c', 'd', 'e', 'f']
      .slice(0, count)
      .map((id) => [id, { id, path: id, status: 'rendering', revision: 1 }]),
  );
  const change = (id: string, more: Partial<PreviewEnvironment>): void => {
    const one = environments.get(id);
    if (one !== undefined) environments.set(id, { ...one, ...more });
  };
  let printed: string[] = [];
  const look = { root: '/project', style: {}, ...(hasKeys ? { allKey: 'a' } : {}) };
  const blocks = new UpdateBlocks({
    shown: () => [...environments.values()],
    look: () => look,
    print: (lines) => printed.push(lines.join('\n')),
  });
  return {
    /** Tells of a render that has ended. @returns what that printed. */
    tell: (id: string, more: Partial<PreviewUpdate> = {}): string[] => {
      const update = { environment: id, ...NOTHING, ...more };
      const snapshot = { yaml: Buffer.of(), manifests: [], findings: update.found, accepted: 0 };
      change(id, { status: 'current', update, snapshot });
      blocks.tell(update);
      blocks.flush();
      return printed.splice(0);
    },
    /** Tells of the places of all findings. @returns what that printed. */
    place: (id: string): string[] => {
      const snapshot = environments.get(id)?.snapshot;
      if (snapshot === undefined) throw new Error(`${id} was not told`);
      const findings = snapshot.findings.map((one) => ({ ...one, location: LOCATION }));
      change(id, { snapshot: { ...snapshot, findings } });
      blocks.place(id);
      return printed.splice(0);
    },
  };
}

const NOTHING = {
  isFirst: false,
  files: ['lib/shared.libsonnet'],
  durationMs: 100,
  changes: [],
  found: [],
  gone: [],
  isMended: false,
} satisfies Partial<PreviewUpdate>;

const LOCATION = { file: '/project/main.jsonnet', line: 3, column: 5, certainty: 'exact' } as const;

function image(namespace: string, after = 'app:2', secret = false): ResourceChange {
  const resource = { apiVersion: 'v1', kind: 'Pod', namespace, name: 'app' };
  const value = { kind: 'changed', path: ['image'], before: 'app:1', after, secret } as const;
  return { kind: 'changed', resource, values: [value] };
}

const MISSING: Finding = {
  code: 'schema/unknown-field',
  severity: 'error',
  message: 'unknown field "imag"',
  resource: { apiVersion: 'v1', kind: 'Pod', name: 'app' },
};

test('says once what a library does to many environments, and names those without a change together', () => {
  const { tell } = updateBlocks();
  expect(tell('c', { changes: [image('c')] })).toEqual([
    'c  100 ms  1 changed\n~ Pod c/app\n    image: "app:1" -> "app:2"',
  ]);
  expect(tell('a', { changes: [image('a')], durationMs: 1200 })).toEqual([]);
  expect(tell('b')).toEqual([]);
  expect(tell('d', { changes: [image('d', 'app:3')] })).toEqual([
    'd  100 ms  1 changed\n~ Pod d/app\n    image: "app:1" -> "app:3"',
  ]);
  expect(tell('e', { changes: [image('e')] })).toEqual([]);
  expect(tell('f')).toEqual(['a, e  1.2 s  1 changed, as in c\nb, f  100 ms  no change']);
  // The next save is told anew.
  expect(tell('e', { changes: [image('e')] })).toHaveLength(1);
});

test('shows each change of a Secret, whose values nobody compares', () => {
  const { tell } = updateBlocks();
  expect(tell('a', { changes: [image('a', 'x', true)] })).toHaveLength(1);
  expect(tell('b', { changes: [image('b', 'x', true)] })).toHaveLength(1);
});

test('gives a few environments a block each', () => {
  const { tell } = updateBlocks({ count: 3 });
  expect(tell('a', { changes: [image('a')] })).toHaveLength(1);
  expect(tell('b', { changes: [image('b')] })).toHaveLength(1);
  expect(tell('c')).toEqual(['c  100 ms  no change']);
});

test('names no more than fit, where a key shows all', () => {
  const { tell } = updateBlocks({ hasKeys: true });
  for (const id of ['a', 'b', 'c', 'd', 'e']) expect(tell(id, { isFirst: true })).toEqual([]);
  expect(tell('f', { isFirst: true })).toEqual(['a, b and 4 more  100 ms  no findings']);
});

test('shows the places of findings that come after the block, once', () => {
  const { tell, place } = updateBlocks();
  expect(tell('a', { found: [MISSING] }).join()).not.toContain('main.jsonnet');
  expect(place('a')).toEqual([
    'a  where that comes from:\n  Pod app\n    error  unknown field "imag"  [schema/unknown-field]\n      at main.jsonnet:3:5',
  ]);
  expect(place('a')).toEqual([]);
});
