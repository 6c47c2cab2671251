import path from 'node:path';
import { expect, it } from 'vitest';
import { CONFIG_MAP, SPEC } from '../tanka/project.ts';
import { widgetCrd } from '../workflow/import-project.ts';
import { fakeTk, projectWith, tankard } from './tankard.ts';

interface Case {
  readonly args: readonly string[];
  readonly main: string;
  readonly files?: Readonly<Record<string, string>>;
  /** Lines of a tk of sh. */
  readonly tk?: readonly string[];
}

const IRSA = `local tankard = import 'tankard/main.libsonnet';
local irsa = tankard.irsa;

{
  serviceAccount: irsa.serviceAccount.new('app', 'default', 'ROLE'),
}
`;
const ROLE = 'arn:aws:iam::123456789012:role/app';

/** Whole outputs, kept in messages/ so that a change of wording is seen in review. */
const CASES: Record<string, Case> = {
  'role-arn-of-11-digits': {
    args: ['validate'],
    main: IRSA.replace('ROLE', ROLE.replace('2:', ':')),
  },
  'role-arm': {
    args: ['validate'],
    main: IRSA.replace(
      "'ROLE')",
      `'${ROLE}') + {\n    metadata+: { annotations+: { 'eks.amazonaws.com/role-arm': 'x' } },\n  }`,
    ),
  },
  'many-findings': {
    args: ['validate'],
    main: `{
  config: ${CONFIG_MAP} { data: { number: 1 }, extra: true },
  deployment: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas: '2',
      template: { spec: { containers: [{ name: 'web', imagePullPolicy: 'always' }] } },
    },
  },
  issuer: {
    apiVersion: 'cert-manager.io/v1',
    kind: 'ClusterIssuer',
    metadata: { name: 'issuer' },
    spec: { selfSigned: {} },
  },
  secret: {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'secret' },
    data: { pin: 1234, password: 'not in base64' },
  },
  widget: { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'widget' } },
}
`,
    files: {
      'environments/a-clean-one/main.jsonnet': `{ a: ${CONFIG_MAP} }`,
      'environments/a-clean-one/spec.json': SPEC,
    },
  },
  clean: { args: ['validate'], main: `{ a: ${CONFIG_MAP} }` },
  'missing-environment': { args: ['show', 'environments/y'], main: '{}' },
  'unknown-flag': { args: ['validate', '--kubernets=1.37'], main: '{}' },
  'syntax-error': { args: ['show', 'environments/x'], main: '{\n  a: 1\n  b: 2\n}' },
  'missing-import': { args: ['validate'], main: "import 'k.libsonnet'" },
  'not-a-manifest': { args: ['validate'], main: '{ web: { port: 80 } }' },
  'spec-json': {
    args: ['validate'],
    main: `{ a: ${CONFIG_MAP} }`,
    files: {
      'environments/x/spec.json':
        '{\n  "spec": {\n    "namespace": 1,\n    "contextName": ["a"]\n  }\n}\n',
    },
  },
  'tankard-yaml': {
    args: ['validate'],
    main: '{}',
    files: { 'tankard.yaml': 'kubernetes: 1.37\nunknownKind: []\n' },
  },
  'import-unknown-source': { args: ['import', 'k8s@1.36', 'isto'], main: '{}' },
  'import-unknown-minor': { args: ['import', 'k8s@1.2'], main: '{}' },
  'import-not-a-crd': {
    args: ['import', 'crd', 'deployment.yaml'],
    main: '{}',
    files: { 'deployment.yaml': 'apiVersion: apps/v1\nkind: Deployment\n' },
  },
  'import-unreachable': {
    args: ['import', 'crd', 'http://127.0.0.1:65535/crds.yaml'],
    main: '{}',
  },
  'import-own-files': {
    args: ['import', 'crd', 'crds'],
    main: '{}',
    files: {
      'crds/widget.yaml': widgetCrd(),
      '.tankard/libs/crds/a.libsonnet': '{}',
      '.tankard/libs/crds/b.libsonnet': '{}',
    },
  },
  'import-stale': {
    args: ['import', '--check'],
    main: '{}',
    files: { 'crds/widget.yaml': widgetCrd(), 'tankard.yaml': 'imports: { crds: crd:crds }\n' },
  },
  'import-first': {
    args: ['import', 'crd', 'crds', '--name', 'shop'],
    main: '{}',
    files: { 'crds/widget.yaml': widgetCrd() },
  },
  'import-nothing': { args: ['import'], main: '{}' },
  'validate-not-pinned': {
    args: ['validate'],
    main: '{}',
    files: { 'tankard.yaml': 'imports: { istio: istio }\n' },
  },
  'tk-fails': {
    args: ['show', 'environments/x'],
    main: '{}',
    tk: ['echo "panic: oh" >&2; exit 2'],
  },
  'no-cluster': {
    args: ['apply', 'environments/x'],
    main: '{}',
  },
};

it.each(Object.entries(CASES))('%s', async (name, { args, main, files, tk }) => {
  const cwd = await projectWith(main, files);
  const env = tk === undefined ? {} : await fakeTk(...tk);
  const { exitCode, stdout, stderr } = await tankard(args, { cwd, env });
  const sections = [
    `$ tankard ${args.join(' ')}`,
    ...(stdout === '' ? [] : ['-- stdout', stdout.trimEnd()]),
    ...(stderr === '' ? [] : ['-- stderr', stderr.trimEnd()]),
    `-- exit ${exitCode}`,
  ];
  const text = `${sections.join('\n')}\n`
    .replaceAll(cwd, 'ROOT')
    // How many files a library has changes with the generator.
    .replaceAll(/\b\d+ files$/gm, 'N files')
    // Where an assert stands in generated code is no part of the wording.
    .replaceAll(/(?<=vendor\/tankard\/gen\/\w+\.libsonnet):\d+:\d+/g, ':LINE:COLUMN');
  await expect(text).toMatchFileSnapshot(path.join(import.meta.dirname, 'messages', `${name}.txt`));
});
