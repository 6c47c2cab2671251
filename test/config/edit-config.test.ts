import { load } from 'js-yaml';
import { expect, it } from 'vitest';
import { editConfig } from '../../lib/config/edit-config.ts';

const TEXT = `# top

kubernetes: '1.36' # why

imports:
  # the mesh
  istio: istio

  flux: flux # later
unknownKinds:
- a/v1/B # a
generate: {declarations: a, jsonnet: b}
`;

const imports = (sources: Readonly<Record<string, string>>) => ({
  imports: new Map(Object.entries(sources)),
});

it('adds, changes and takes out imports; comments, order and style stay', () => {
  const wanted = imports({ istio: 'crd:istio/', mine: 'crd:https://example.com/a.yaml' });
  expect(editConfig(TEXT, wanted)).toBe(
    TEXT.replace('istio: istio', 'istio: crd:istio/').replace(
      '\n  flux: flux # later\n',
      '  mine: crd:https://example.com/a.yaml\n',
    ),
  );
});

it('changes nothing where nothing is to be changed', () => {
  const odd = 'imports: {a:   istio}   #  x';
  expect(editConfig(odd, imports({ a: 'istio' }))).toBe(odd);
  expect(editConfig(undefined, imports({}))).toBeUndefined();
});

it.each([
  ['no file', undefined],
  ['comments alone', '# only this\n'],
  ['an empty value', 'imports:\n'],
  ['a map on one line', 'imports: {old: flux}\n'],
])('makes what is read back: %s', (_, text) => {
  const edited = editConfig(text, { ...imports({ 'k8s-1.30': 'k8s@1.30' }), kubernetes: '1.30' });
  expect(load(edited ?? '')).toEqual({ kubernetes: '1.30', imports: { 'k8s-1.30': 'k8s@1.30' } });
  if (text?.startsWith('#') === true) expect(edited).toContain(text);
});

it('leaves no empty map', () => {
  expect(editConfig('tk: a\nimports:\n  istio: istio\n', imports({}))).toBe('tk: a\n');
  expect(editConfig('# top\n\nimports:\n  istio: istio\n', imports({}))).toBe('# top\n\n');
});
