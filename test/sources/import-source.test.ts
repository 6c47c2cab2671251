import { expect, test } from 'vitest';
import {
  defaultLibraryName,
  type ImportSource,
  parseImportSource,
  printImportSource,
} from '../../lib/sources/import-source.ts';

test.each<[string, ImportSource, string]>([
  ['k8s@1.34', { type: 'kubernetes', version: '1.34' }, 'k8s-1.34'],
  ['prometheus-operator', { type: 'preset', name: 'prometheus-operator' }, 'prometheus-operator'],
  ['crd:crds/foo.v1.yaml', { type: 'files', path: 'crds/foo.v1.yaml' }, 'foo.v1'],
  ['crd:../shared/my crds', { type: 'files', path: '../shared/my crds' }, 'my-crds'],
  ['crd:.', { type: 'files', path: '.' }, 'crds'],
  [
    'crd:https://example.com/a/bundle.yaml?ref=v1',
    { type: 'url', url: 'https://example.com/a/bundle.yaml?ref=v1' },
    'bundle',
  ],
  ['crd:http://localhost:8080/', { type: 'url', url: 'http://localhost:8080/' }, 'crds'],
  [
    'crd:istio.io/api@v1.31.1:kubernetes',
    { type: 'module', module: 'istio.io/api', version: 'v1.31.1', path: 'kubernetes' },
    'api',
  ],
  [
    'crd:example.com/operator/v2@v2.0.0-rc.1:config/crd/foo.yaml',
    {
      type: 'module',
      module: 'example.com/operator/v2',
      version: 'v2.0.0-rc.1',
      path: 'config/crd/foo.yaml',
    },
    'operator',
  ],
  ['cluster', { type: 'cluster' }, 'cluster'],
  [
    'cluster:arn:aws:eks:eu-west-1:1:cluster/prod',
    { type: 'cluster', context: 'arn:aws:eks:eu-west-1:1:cluster/prod' },
    'prod',
  ],
])('%s', (text, source, name) => {
  expect(parseImportSource(text)).toEqual(source);
  expect(printImportSource(source)).toBe(text);
  expect(defaultLibraryName(source)).toBe(name);
});

test.each([
  ['crd:./crds/', 'crd:crds'],
  ['crd:istio.io/api@v1.31.1:./kubernetes/', 'crd:istio.io/api@v1.31.1:kubernetes'],
  ['crd:HTTPS://Example.com/a.yaml', 'crd:https://example.com/a.yaml'],
])('%s is written as %s', (text, canonical) => {
  expect(printImportSource(parseImportSource(text))).toBe(canonical);
});

test.each([
  ['isto', 'there is no source "isto"', 'Did you mean istio?'],
  ['k9s@1.34', 'there is no source "k9s@1.34"', 'Did you mean k8s@1.34?'],
  ['istio@1.29', 'there is no source "istio@1.29"', 'Did you mean istio?'],
  ['crds/foo.yaml', 'there is no source "crds/foo.yaml"', 'Did you mean crd:crds/foo.yaml?'],
  [
    '',
    'there is no source ""',
    /^Sources: k8s@MINOR \(1\.30, .*, 1\.37\), istio, .*cluster:CONTEXT/,
  ],
  ['k8s', 'which Kubernetes? A source of it is k8s@MINOR', /^Known versions: 1\.30, /],
  ['k8s@1.29', 'there are no schemas for "k8s@1.29"', /^Known versions: 1\.30, .* 1\.37\.$/],
  ['k8s@v1.34.2', 'there are no schemas for "k8s@v1.34.2"', 'Did you mean k8s@1.34?'],
  ['kubernetes@1.34', 'there are no schemas for "kubernetes@1.34"', 'Did you mean k8s@1.34?'],
  ['cluster:', 'no context after the colon of "cluster:"', undefined],
  ['crd:', 'no file, folder, URL or module after the colon of "crd:"', /^Sources: /],
  ['crd:/etc/crds', '/etc/crds is not relative to the project root', /put the CRDs into it/],
  ['crd:ftp://example.com/a', 'ftp://example.com/a is no http or https URL', undefined],
  ['crd:https://', 'https:// is no http or https URL', undefined],
  [
    'crd:https://me:hunter2@example.com/a.yaml',
    'the URL example.com/a.yaml has a user or password in it',
    /stand in tankard.yaml/,
  ],
  [
    'crd:istio.io/api@v1.31.1',
    '"crd:istio.io/api@v1.31.1" names a module, but no path in it',
    /crd:MODULE@VERSION:PATH/,
  ],
  [
    'crd:istio.io/api@latest:kubernetes',
    '"crd:istio.io/api@latest:kubernetes" is no Go module at a version',
    /the version in full/,
  ],
  ['crd:-modfile/x@v1.0.0:a', '"crd:-modfile/x@v1.0.0:a" is no Go module at a version', /MODULE/],
  ['crd:istio.io/api@v1.0.0:../x', '"../x" is no path in the module istio.io/api', /without \.\./],
  [
    'crd:k8s.io/kubernetes@v1.34.2:api',
    '"crd:k8s.io/kubernetes@v1.34.2:api": Kubernetes itself has no CRDs there',
    /k8s@MINOR/,
  ],
  ['crd:a\nb', 'control characters in the source "crd:a\\nb"', undefined],
])('%j is refused', (text, message, hint) => {
  expect(() => parseImportSource(text)).toThrow(
    expect.objectContaining({
      kind: 'usage',
      message,
      hint: typeof hint === 'object' ? expect.stringMatching(hint) : hint,
    }),
  );
});
