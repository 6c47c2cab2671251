import { stripVTControlCharacters, styleText } from 'node:util';
import { describe, expect, test } from 'vitest';
import { compareManifests } from '../../../lib/compare/compare-manifests.ts';
import type { ResourceChange } from '../../../lib/compare/resource-change.ts';
import { Failure } from '../../../lib/finding/failure.ts';
import type { Finding } from '../../../lib/finding/finding.ts';
import { parseManifests } from '../../../lib/manifest/parse-manifests.ts';
import type { PreviewUpdate } from '../../../lib/preview/preview-session.ts';
import { comparisonText } from '../../../lib/preview/text/comparison-text.ts';
import type { PreviewLook } from '../../../lib/preview/text/preview-look.ts';
import { updateText } from '../../../lib/preview/text/update-text.ts';

const LOOK: PreviewLook = { root: '/project', style: { columns: 80 }, allKey: 'a' };

function changes(before: string, after: string): ResourceChange[] {
  return compareManifests(parseManifests(before), parseManifests(after));
}

function update(more: Partial<PreviewUpdate>): PreviewUpdate {
  return {
    environment: 'environments/istio-tls',
    isFirst: false,
    files: ['environments/istio-tls/main.jsonnet'],
    durationMs: 182.4,
    changes: [],
    found: [],
    gone: [],
    isMended: false,
    ...more,
  };
}

const GATEWAY = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: wordpress-gateway, namespace: wordpress }
spec:
  servers:
    - hosts: [blog.example.com]
      port: { name: https, number: 443, protocol: HTTPS }
      tls: { credentialName: wild-cert, mode: SIMPLE }
`;
const ACCOUNT = `---
apiVersion: v1
kind: ServiceAccount
metadata: { name: x, namespace: default }
`;
const CERTIFICATE = `---
apiVersion: v1
kind: Secret
metadata: { name: wild-cert, namespace: istio-system }
stringData: { tls.key: geheim-geheim }
`;

const MISSING: Finding = {
  code: 'gateways/credential-missing',
  severity: 'error',
  message: 'no Secret wild-crt is rendered for the gateway in istio-system',
  environment: 'environments/istio-tls',
  resource: {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    namespace: 'wordpress',
    name: 'wordpress-gateway',
  },
  path: ['spec', 'servers', 0, 'tls', 'credentialName'],
  hint: 'Did you mean wild-cert?',
  location: {
    file: '/project/environments/istio-tls/main.jsonnet',
    line: 24,
    column: 21,
    certainty: 'exact',
  },
  source: { text: "    credentialName: 'wild-crt',", column: 21 },
};

test('tells of a save: what changed with its values, and the new finding with its line of Jsonnet', () => {
  const text = updateText(
    update({
      changes: changes(GATEWAY + ACCOUNT, GATEWAY.replace('wild-cert', 'wild-crt') + CERTIFICATE),
      found: [MISSING],
      gone: [{ ...MISSING, code: 'gateways/tls-mode-missing', severity: 'warning' }],
    }),
    LOOK,
  );
  expect(text).toMatchInlineSnapshot(`
    "environments/istio-tls  182 ms  1 changed, 1 added, 1 removed, 1 error new, 1 warning gone
    ~ Gateway wordpress/wordpress-gateway
        spec.servers[0].tls.credentialName: "wild-cert" -> "wild-crt"
    - ServiceAccount default/x
    + Secret istio-system/wild-cert
      Gateway wordpress/wordpress-gateway
        error  spec.servers[0].tls.credentialName: no Secret wild-crt is rendered for the gateway in istio-system  [gateways/credential-missing]
          at environments/istio-tls/main.jsonnet:24:21
          24 | credentialName: 'wild-crt',
             |                 ^
          Did you mean wild-cert?
      gone: gateways/tls-mode-missing Gateway wordpress/wordpress-gateway"
  `);
});

test('says in words that nothing changed, that it broke and that it was mended', () => {
  const failure = new Failure('tool', 'tk did not finish in 60 s', { hint: 'Look for a loop.' });
  expect(updateText(update({}), LOOK)).toMatchInlineSnapshot(
    `"environments/istio-tls  182 ms  no change"`,
  );
  expect(updateText(update({ durationMs: 60_012, problem: { failure } }), LOOK))
    .toMatchInlineSnapshot(`
    "environments/istio-tls  60 s  broken
        error  tk did not finish in 60 s
          Look for a loop.
      The last good render stays until this is mended."
  `);
  const syntax: Finding = {
    code: 'jsonnet/syntax',
    severity: 'error',
    message: 'expected a comma before the next field',
    location: { ...(MISSING.location as NonNullable<Finding['location']>) },
    source: { text: "  b: 'x'", column: 3 },
  };
  expect(updateText(update({ problem: { findings: [syntax] } }), LOOK)).toMatchInlineSnapshot(`
    "environments/istio-tls  182 ms  broken
        error  expected a comma before the next field  [jsonnet/syntax]
          at environments/istio-tls/main.jsonnet:24:21
          24 | b: 'x'
             | ^
      The last good render stays until this is mended."
  `);
  expect(updateText(update({ problem: { failure } }), LOOK, false)).not.toContain('last good');
  expect(updateText(update({ isMended: true, durationMs: 1234 }), LOOK)).toMatchInlineSnapshot(
    `"environments/istio-tls  1.2 s  mended, no change"`,
  );
  expect(
    updateText(update({ isFirst: true, found: [MISSING, MISSING] }), LOOK).split('\n')[0],
  ).toBe('environments/istio-tls  182 ms  2 errors');
});

const configMap = (data: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata:\n${data}`;

describe('a value', () => {
  test('of several lines shows the lines that differ', () => {
    const file = (level: string, more = ''): string =>
      configMap(`  app.ini: |\n    [log]\n    level = ${level}\n    to = stdout\n${more}`);
    expect(
      updateText(update({ changes: changes(file('info'), file('debug', '    [cache]\n')) }), LOOK),
    ).toMatchInlineSnapshot(`
      "environments/istio-tls  182 ms  1 changed
      ~ ConfigMap c
          data["app.ini"]:
            - level = info
            + level = debug
            + [cache]"
    `);
  });

  test('that is long shows where it differs', () => {
    const arn = (role: string): string =>
      configMap(
        `  role: arn:aws:iam::123456789012:role/a/path/that/goes/on/and/on/and/on/${role}\n`,
      );
    expect(updateText(update({ changes: changes(arn('reader'), arn('writer')) }), LOOK))
      .toMatchInlineSnapshot(`
        "environments/istio-tls  182 ms  1 changed
        ~ ConfigMap c
            data.role:
              - …rn:aws:iam::123456789012:role/a/path/that/goes/on/and/on/and/on/reader"
              + …rn:aws:iam::123456789012:role/a/path/that/goes/on/and/on/and/on/writer""
      `);
  });

  test('that was added or removed is YAML of a few lines', () => {
    const pod = (containers: string): string =>
      `apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec:\n  containers: [{ name: a }${containers}]\n`;
    const added = ', { name: b, image: "b:1", args: [one, two, three, four, five, six, seven] }';
    expect(updateText(update({ changes: changes(pod(''), pod(added)) }), LOOK))
      .toMatchInlineSnapshot(`
      "environments/istio-tls  182 ms  1 changed
      ~ Pod p
          + spec.containers[name=b]:
          +   name: b
          +   image: b:1
          +   args:
          +     - one
          +     - two
          +     - three
          +     - four
            ... 3 more lines
        (a shows all)"
    `);
    const { allKey: _, ...whole } = LOOK;
    expect(updateText(update({ changes: changes(pod(added), pod('')) }), whole))
      .toMatchInlineSnapshot(`
      "environments/istio-tls  182 ms  1 changed
      ~ Pod p
          - spec.containers[name=b]:
          -   name: b
          -   image: b:1
          -   args:
          -     - one
          -     - two
          -     - three
          -     - four
          -     - five
          -     - six
          -     - seven"
    `);
  });

  test('that is secret is not shown', () => {
    const secret = (password: string): string =>
      `apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { ${password} }\n`;
    expect(
      updateText(
        update({ changes: changes(secret('a: hunter22, b: x'), secret('a: hunter33, c: x')) }),
        LOOK,
      ),
    ).toMatchInlineSnapshot(`
      "environments/istio-tls  182 ms  1 changed
      ~ Secret s
          stringData.a: changed (not shown)
          - stringData.b: (not shown)
          + stringData.c: (not shown)"
    `);
  });

  test('changes nothing in the terminal, nor does a name or a message', () => {
    const map = (text: string): string =>
      configMap(`  "k\\e[31m": "a\\e]0;${text}\\a\\n\\u202eb"\n`).replace(
        'name: c',
        'name: "\\e[2J"',
      );
    const text = updateText(
      update({
        environment: 'environments/\u0007x',
        changes: changes(map('x'), map('y')),
        found: [{ ...MISSING, message: 'found "\u001b[31m"', hint: '\u202eno\nyes' }],
        problem: { failure: { message: 'tk said \u001b[31m', hint: undefined } },
      }),
      LOOK,
    );
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Control}\u202e]/u);
    expect(text).toContain('+ a\ufffd]0;y\ufffd');
  });
});

test('what is too much is counted, with the key that shows it', () => {
  const many = (number: number): string =>
    Array.from({ length: number }, (_, i) =>
      configMap(`  a: b\n`).replace('name: c', `name: c${i}`),
    ).join('---\n');
  const text = updateText(update({ changes: changes(many(1), many(41)) }), LOOK);
  expect(text.split('\n').slice(-3)).toMatchInlineSnapshot(`
    [
      "+ ConfigMap c12",
      "  ... 28 more resources",
      "  (a shows all)",
    ]
  `);
  const values = (of: string): string =>
    configMap(Array.from({ length: 20 }, (_, i) => `  key${i}: ${of}\n`).join(''));
  const changed = updateText(update({ changes: changes(values('a'), values('b')) }), LOOK);
  expect(changed.split('\n').slice(-2)).toEqual(['    ... 12 more values', '  (a shows all)']);
  const { allKey: _, ...all } = LOOK;
  expect(updateText(update({ changes: changes(values('a'), values('b')) }), all)).not.toContain(
    'more',
  );
});

test('colours only add to the text', () => {
  const paint: PreviewLook['style']['paint'] = (style, text) =>
    styleText(style === 'added' ? 'green' : 'red', text, { validateStream: false });
  const told = update({ changes: changes(GATEWAY, GATEWAY + ACCOUNT), found: [MISSING] });
  const coloured = updateText(told, { ...LOOK, style: { ...LOOK.style, paint } });
  expect(coloured).toContain('\u001b[32m+ ServiceAccount default/x');
  expect(stripVTControlCharacters(coloured)).toBe(updateText(told, LOOK));
});

test('tells what differs from a commit', () => {
  const found = changes(GATEWAY, GATEWAY.replace('443', '8443'));
  expect(
    comparisonText('environments/istio-tls', { label: 'HEAD (12fc616)', changes: found }, LOOK),
  ).toMatchInlineSnapshot(`
    "environments/istio-tls  compared with HEAD (12fc616): 1 changed
    ~ Gateway wordpress/wordpress-gateway
        spec.servers[0].port.number: 443 -> 8443"
  `);
  expect(
    comparisonText('environments/istio-tls', { label: 'HEAD (12fc616)', changes: [] }, LOOK),
  ).toMatchInlineSnapshot(`"environments/istio-tls  compared with HEAD (12fc616): no difference"`);
});

test('cuts many findings where a key shows all, errors first', () => {
  const found = Array.from({ length: 30 }, (_, index): Finding => {
    const { location: _place, source: _source, ...rest } = MISSING;
    return { ...rest, severity: index < 15 ? 'warning' : 'error', message: `number ${index}` };
  });
  const text = updateText(update({ found }), LOOK);
  expect(text.match(/number \d+/g)).toEqual(
    Array.from({ length: 10 }, (_, index) => `number ${index + 15}`),
  );
  expect(text).toContain('\n  ... 20 more findings (a shows all)');
  const { allKey: _, ...withoutKeys } = LOOK;
  expect(updateText(update({ found }), withoutKeys).match(/number \d+/g)).toHaveLength(30);
});
