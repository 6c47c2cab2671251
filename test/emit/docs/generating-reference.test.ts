import { readdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { Failure } from '../../../lib/finding/failure.ts';
import { generate } from '../../../lib/workflow/generate.ts';
import {
  declaration,
  declarationsProject,
  type Declared,
} from '../../model/families/declaration.ts';
import { pairsOf, rowsOf, shownValue, type Block } from './reference-page.ts';

describe('generating a reference', () => {
  type Entry = Declared['definitions']['entry'] & {
    'x-tankard-mistakes'?: { title: string; example: string }[];
  };
  type Change = (entry: Entry) => void;

  function declared(change: Change): string {
    const result = declaration();
    change(result.definitions.entry);
    return JSON.stringify(result);
  }

  async function project(change: Change, settings = ''): Promise<string> {
    const root = await declarationsProject({ 'cache.json': declared(change) });
    const config = `generate: { declarations: declarations, jsonnet: a/lib, reference: docs${settings} }\n`;
    await writeFile(path.join(root, 'tankard.yaml'), config);
    return root;
  }

  async function failureOf(root: string): Promise<Failure> {
    const error = await generate({ root }).catch((thrown: unknown) => thrown);
    if (error instanceof Failure) return error;
    throw new Error(`no failure: ${JSON.stringify(error)}`);
  }

  const upperCase: Change = (entry) => {
    entry['x-tankard-mistakes'] = [
      { title: 'a key in capitals', example: "tankard.cache.entry.new('A')" },
    ];
  };

  it.each(['tankard/check.libsonnet', './check.libsonnet', '../../../elsewhere/check.libsonnet'])(
    'finds the checks that the library imports from %s',
    async (check) => {
      const root = await project(upperCase, `, check: ${check}`);
      await generate({ root });
      const page = await readFile(path.join(root, 'docs/cache.md'), 'utf8');
      expect(pairsOf(page)).toEqual([
        ["tankard.cache.entry.new('a')", { language: 'yaml', text: expect.any(String) }],
        [
          "tankard.cache.entry.new('A')",
          {
            language: 'text',
            text: 'cache.entry.new: key must be lower-case letters, got string "A"',
          },
        ],
      ]);
      expect(shownValue(pairsOf(page)[0]?.[1] as Block)).toEqual({
        metadata: {
          annotations: { 'cache.example.com/key': 'a', 'cache.example.com/seconds': '60' },
        },
      });
    },
  );

  it('has rows for the fields of nested objects, and finds a parameter in a template', async () => {
    const root = await project((entry) => {
      entry.properties['servers'] = {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['port'],
          properties: {
            port: {
              type: 'integer',
              anyOf: [{ const: 0 }, { minimum: 600, maximum: 900 }],
              description: 'The port.',
            },
            labels: {
              type: 'object',
              propertyNames: { pattern: '^[a-z]+$|^x$' },
              additionalProperties: { type: 'string', maxLength: 5 },
            },
          },
        },
        description: 'The servers.',
        writeOnly: true,
        'x-tankard-expected': 'servers',
        'x-tankard-source': 'example/cache v1.0.0',
        'x-tankard-setter': false,
      };
      const base = { data: { '${key}.json': { $json: { servers: { $parameter: 'servers' } } } } };
      const parameters = ['key', 'servers'];
      entry['x-tankard-functions'] = { listed: { description: 'A list.', parameters, base } };
      entry['x-tankard-examples'] = ["tankard.cache.entry.listed('a', { port: 700 })"];
    });
    await generate({ root });
    const rows = rowsOf(await readFile(path.join(root, 'docs/cache.md'), 'utf8'));
    expect(rows.filter(([name]) => name?.startsWith('`servers'))).toEqual([
      [
        '`servers`',
        'secret array (not empty) of object',
        'The servers. Must be servers.',
        '',
        "`data['${key}.json']`",
        'example/cache v1.0.0',
      ],
      ['`servers[].port`', 'integer (0 or 600 to 900)', 'The port.', 'required', '', ''],
      [
        '`servers[].labels`',
        'map (names: `^[a-z]+$|^x$`) of string (at most 5 characters)',
        '',
        '',
        '',
        '',
      ],
    ]);
  });

  it('evaluates what was just made, not what lies on disk', async () => {
    const root = await project(upperCase);
    await generate({ root });
    const change: Change = (entry) => {
      upperCase(entry);
      (entry.properties['key'] ?? {})['x-tankard-expected'] = 'small letters';
    };
    await writeFile(path.join(root, 'declarations/cache.json'), declared(change));
    const { changes } = await generate({ root, check: true });
    expect(changes).toContainEqual({ path: 'docs/cache.md', change: 'changed' });
    await rm(path.join(root, 'a'), { recursive: true });
    await generate({ root });
    const page = await readFile(path.join(root, 'docs/cache.md'), 'utf8');
    expect(page).toContain('key must be small letters, got string "A"');
  });

  it('says nothing about keys in manifests when tankard validate does not know them', async () => {
    const kinds: Change = (entry) => Object.assign(entry, { 'x-tankard-kinds': ['Secret'] });
    const unknown = await project(kinds);
    const known = await project(kinds, ', bindings: bindings.ts');
    await generate({ root: unknown });
    await generate({ root: known });
    const heading = '## Checked in every manifest';
    expect(await readFile(path.join(unknown, 'docs/cache.md'), 'utf8')).not.toContain(heading);
    expect(await readFile(path.join(known, 'docs/cache.md'), 'utf8')).toContain(heading);
  });

  it.each([
    {
      what: 'fails a check',
      examples: ["tankard.cache.entry.new('a')", "tankard.cache.entry\n.new('A') // oops"],
      message: [
        'declarations/cache.json: entry: an example cannot be evaluated: ' +
          'cache.entry.new: key must be lower-case letters, got string "A"',
        '  tankard.cache.entry',
        "  .new('A') // oops",
      ],
    },
    {
      what: 'is not one expression',
      examples: ["tankard.cache.entry.new('a'), 2"],
      message: [
        'declarations/cache.json: entry: an example cannot be evaluated: Did not expect: ","',
        "  tankard.cache.entry.new('a'), 2",
      ],
    },
    {
      what: 'names what is not there',
      examples: ['tankard.cash.entry'],
      message: [
        'declarations/cache.json: entry: an example cannot be evaluated: Field does not exist: cash',
        '  tankard.cash.entry',
      ],
    },
  ])('refuses an example that $what', async ({ examples, message }) => {
    const root = await project((entry) => Object.assign(entry, { 'x-tankard-examples': examples }));
    const failure = await failureOf(root);
    expect(failure).toMatchObject({ exitCode: 2, message: message.join('\n') });
    expect(readdirSync(root)).not.toContain('docs');
  });

  it.each([
    {
      what: 'is accepted',
      example: "tankard.cache.entry.new('a')",
      message: 'is accepted by the mixins',
    },
    {
      what: 'fails for another reason',
      example: "error 'cache.entry.old: no'",
      message: 'fails for another reason than a check of cache.entry: cache.entry.old: no',
    },
  ])('refuses a mistake that $what', async ({ example, message }) => {
    const mistakes = [{ title: 'a mistake', example }];
    const root = await project((entry) => (entry['x-tankard-mistakes'] = mistakes));
    expect(await failureOf(root)).toMatchObject({
      exitCode: 2,
      message: `declarations/cache.json: entry: the mistake "a mistake" ${message}\n  ${example}`,
    });
  });

  it('needs tk, and nothing else that is generated does', async () => {
    const root = await project(() => {});
    vi.stubEnv('TANKARD_TK', path.join(root, 'no-tk'));
    try {
      expect((await failureOf(root)).kind).toBe('tool');
      const config = 'generate: { declarations: declarations, jsonnet: lib, typescript: gen }\n';
      await writeFile(path.join(root, 'tankard.yaml'), config);
      expect((await generate({ root })).changes.length).toBeGreaterThan(4);
    } finally {
      vi.unstubAllEnvs();
    }
  });
});
