import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../lib/config/load-config.ts';
import { Failure } from '../../lib/finding/failure.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';

const DEFAULTS = {
  unknownKinds: new Set<string>(),
  imports: new Map<string, string>(),
  gateways: [],
  rules: [],
};

async function project(text: string): Promise<string> {
  const root = await temporaryDirectory();
  await writeFile(path.join(root, 'tankard.yaml'), text);
  return root;
}

async function failureOf(text: string): Promise<Failure> {
  const root = await project(text);
  const error = await loadConfig(root).catch((thrown: unknown) => thrown);
  if (!(error instanceof Failure)) throw new Error(`no failure: ${JSON.stringify(error)}`);
  expect(error.exitCode).toBe(2);
  expect(error.message).toContain(path.join(root, 'tankard.yaml'));
  return error;
}

describe('loadConfig', () => {
  it.each([
    ['an empty file', ''],
    ['comments alone', '# nothing\n\n  # is set\n'],
    ['a document marker alone', '---\n'],
    ['an empty object', '{}\n'],
  ])('gives the defaults for %s', async (_what, text) => {
    expect(await loadConfig(await project(text))).toEqual(DEFAULTS);
  });

  it('gives the defaults without the file', async () => {
    expect(await loadConfig(await temporaryDirectory())).toEqual(DEFAULTS);
  });

  it('reads every key', async () => {
    const root = await project(
      [
        'kubernetes: "1.36" # the cluster',
        'environments: clusters',
        'tk: bin/tk',
        'timeoutSeconds: 5',
        'unknownKinds: [example.com/v1/Widget, v1/Thing]',
        'imports: {mine: crd:crds, k8s-1.36: k8s@1.36}',
        'gateways: [{selector: {istio: ingress}, namespace: istio-ingress}]',
        'rules: [{rule: secrets/*, severity: "off", environments: [environments/dev]}]',
        'preview: {editor: idea}',
        'export:',
        '  flux: {path: deploy, source: {kind: Bucket, name: a, namespace: b}, namespace: c, interval: 1h30m,',
        '    retryInterval: 2m, timeout: 3m, prune: false, wait: false}',
        '  argocd: {repoURL: https://git.example.com/a.git, path: deploy, targetRevision: main, project: p,',
        '    namespace: n, destinations: [{environments: [a/**], name: x}, {environments: [b], server: y}],',
        '    syncPolicy: {automated: {prune: true, selfHeal: true}, syncOptions: [CreateNamespace=true]}}',
        'generate:',
        '  declarations: declarations',
        '  jsonnet: jsonnet/gen',
        '  typescript: gen',
        '  reference: docs',
        '  schemas: [a.schema.json]',
      ].join('\n'),
    );
    expect(await loadConfig(root)).toEqual({
      kubernetes: '1.36',
      environments: 'clusters',
      tk: path.join(root, 'bin/tk'),
      timeoutMs: 5000,
      unknownKinds: new Set(['example.com/v1/Widget', 'v1/Thing']),
      imports: new Map([
        ['mine', 'crd:crds'],
        ['k8s-1.36', 'k8s@1.36'],
      ]),
      gateways: [{ selector: { istio: 'ingress' }, namespace: 'istio-ingress' }],
      rules: [{ rule: 'secrets/*', severity: 'off', environments: ['environments/dev'] }],
      preview: { editor: 'idea' },
      export: {
        flux: {
          path: 'deploy',
          source: { kind: 'Bucket', name: 'a', namespace: 'b' },
          namespace: 'c',
          interval: '1h30m',
          retryInterval: '2m',
          timeout: '3m',
          prune: false,
          wait: false,
        },
        argocd: {
          repoURL: 'https://git.example.com/a.git',
          path: 'deploy',
          targetRevision: 'main',
          project: 'p',
          namespace: 'n',
          destinations: [
            { environments: ['a/**'], name: 'x' },
            { environments: ['b'], server: 'y' },
          ],
          syncPolicy: {
            automated: { prune: true, selfHeal: true },
            syncOptions: ['CreateNamespace=true'],
          },
        },
      },
      generate: {
        declarations: 'declarations',
        jsonnet: 'jsonnet/gen',
        typescript: 'gen',
        reference: 'docs',
        schemas: ['a.schema.json'],
      },
    });
  });

  it('takes imports without a line below it as none', async () => {
    expect(await loadConfig(await project('imports:\n'))).toStrictEqual(DEFAULTS);
  });

  it('leaves an absolute path of tk as it is', async () => {
    expect(await loadConfig(await project('tk: /opt/tk\n'))).toMatchObject({ tk: '/opt/tk' });
  });

  it.each([
    ['kubernets: "1.36"\n', 'the file has the unknown key "kubernets" (did you mean kubernetes?)'],
    [
      'unknownkinds: []\n',
      'the file has the unknown key "unknownkinds" (did you mean unknownKinds?)',
    ],
    [
      'colour: red\n',
      'the file has the unknown key "colour"; known keys: ' +
        'environments, evaluator, export, gateways, generate, imports, kubernetes, preview, rules, timeoutSeconds, tk, unknownKinds',
    ],
    [
      'generate: { declarations: a, jsonnet: b, typescripts: c }\n',
      'generate has the unknown key "typescripts" (did you mean typescript?)',
    ],
  ])('names the unknown key of %j, and what is known there', async (text, message) => {
    const failure = await failureOf(text);
    expect(failure.message.endsWith(`tankard.yaml: ${message}`), failure.message).toBe(true);
  });

  it.each([
    [
      'kubernetes: 1.36\n',
      "kubernetes must be a string in quotes, such as '1.36', got the number 1.36",
    ],
    ['kubernetes: "1"\n', `kubernetes must be a minor version, such as '1.36', got "1"`],
    ['kubernetes: "1.36.2"\n', `kubernetes must be a minor version, such as '1.36', got "1.36.2"`],
    ['kubernetes: [a]\n', "kubernetes must be a string in quotes, such as '1.36', got a list"],
    [
      'rules: [{rule: secrets, severity: "off"}]\n',
      'rules[0].rule must be the code of a rule, such as secrets/missing, or AREA/*, got "secrets"',
    ],
    [
      'rules: [{rule: secrets/*, severity: info}]\n',
      'rules[0].severity must be error, warning or off, got "info"',
    ],
    ['timeoutSeconds: "5"\n', 'timeoutSeconds must be an integer from 1 to 86400, got "5"'],
    ['timeoutSeconds: 0\n', 'timeoutSeconds must be an integer from 1 to 86400, got the number 0'],
    [
      'timeoutSeconds: 90000\n',
      'timeoutSeconds must be an integer from 1 to 86400, got the number 90000',
    ],
    [
      'timeoutSeconds: .inf\n',
      'timeoutSeconds must be an integer from 1 to 86400, got the number Infinity',
    ],
    ['tk: ""\n', 'tk must not be empty'],
    ['environments: ""\n', 'environments must not be empty'],
    ['imports: [istio]\n', 'imports must be an object, got a list'],
    ['imports: { a.b: 1 }\n', 'imports.a.b must be a string, got the number 1'],
    ['environments: null\n', 'environments must be a string, got null'],
    ['environments: true\n', 'environments must be a string, got true'],
    ['unknownKinds: v1/Thing\n', 'unknownKinds must be a list, got "v1/Thing"'],
    [
      'unknownKinds: [v1/Thing, x]\n',
      'unknownKinds[1] must be APIVERSION/KIND, such as example.com/v1/Widget, got "x"',
    ],
    [
      'unknownKinds: [7]\n',
      'unknownKinds[0] must be APIVERSION/KIND, such as example.com/v1/Widget, got the number 7',
    ],
    ['unknownKinds: [v1/A, v1/B, v1/A]\n', 'unknownKinds[2] repeats unknownKinds[0]'],
    ['generate: { declarations: a }\n', 'generate lacks the key "jsonnet"'],
    ['generate: a\n', 'generate must be an object, got "a"'],
    ['generate: { declarations: a, jsonnet: "" }\n', 'generate.jsonnet must not be empty'],
    [
      'generate: { declarations: a, jsonnet: b, schemas: [c.json] }\n',
      'generate.schemas[0] must be the path of a file NAME.schema.json, got "c.json"',
    ],
    [
      'export: { flux: { interval: often } }\n',
      'export.flux.interval must be a duration such as 1h, 5m or 1m30s, got "often"',
    ],
    ['export: { flux: { prune: "yes" } }\n', 'export.flux.prune must be true or false, got "yes"'],
    [
      'export: { flux: { source: { kind: HelmRepository } } }\n',
      'export.flux.source.kind must be GitRepository, OCIRepository, Bucket or ExternalArtifact, got "HelmRepository"',
    ],
    [
      'export: { argocd: { destinations: [{ name: prod }] } }\n',
      'export.argocd.destinations[0] lacks the key "environments"',
    ],
    [
      'export: { argocd: { syncPolicy: { syncOptions: [CreateNamespace] } } }\n',
      'export.argocd.syncPolicy.syncOptions[0] must be NAME=VALUE, such as CreateNamespace=true, got "CreateNamespace"',
    ],
    ['- kubernetes\n', 'the file must be an object, got a list'],
    ['just text\n', 'the file must be an object, got "just text"'],
  ])('refuses %j, saying where and why', async (text, message) => {
    const failure = await failureOf(text);
    expect(failure.message.endsWith(`tankard.yaml: ${message}`), failure.message).toBe(true);
    expect(failure.hint).toContain('tankard.schema.json');
  });

  it('names all mistakes at once', async () => {
    const { message } = await failureOf('timeoutSeconds: "5"\ntk: 7\n');
    expect(message).toContain('timeoutSeconds must be an integer');
    expect(message).toContain('; tk must be a string, got the number 7');
  });

  it.each(['../..', '..', '/', 'a/../../b'])(
    'refuses to look for environments in %s, outside the project',
    async (folder) => {
      const failure = await failureOf(`environments: ${folder}\n`);
      expect(failure.message).toContain(
        `environments must be a folder inside the project, got "${folder}"`,
      );
      expect(failure.hint).toContain('relative to the project root');
    },
  );

  it.each(['.', 'a/..', '..a', './clusters/'])('looks for environments in %s', async (folder) => {
    expect(await loadConfig(await project(`environments: ${folder}\n`))).toMatchObject({
      environments: folder,
    });
  });

  it.each([
    ['a tab', 'generate:\n\tdeclarations: a\n', '(2:1)'],
    ['an open bracket', 'unknownKinds: [a\n', '(2:1)'],
    ['a key given twice', 'tk: a\ntk: b\n', '(2:1)'],
    ['two documents', 'tk: a\n---\ntk: b\n', 'single document'],
  ])('refuses %s as no YAML, with the line', async (_what, text, place) => {
    const { message } = await failureOf(text);
    expect(message).toContain('is not YAML: ');
    expect(message).toContain(place);
  });

  it('says so when it cannot read the file', async () => {
    const root = await temporaryDirectory();
    await mkdir(path.join(root, 'tankard.yaml'));
    await expect(loadConfig(root)).rejects.toThrow(
      `cannot read ${path.join(root, 'tankard.yaml')}`,
    );
  });
});
