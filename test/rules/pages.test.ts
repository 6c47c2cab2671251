import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { FINDING_CODES, type FindingCode } from '../../lib/finding/codes.ts';
import { isFileCode } from '../../lib/policy/adjustable-codes.ts';
import { checkFormat } from '../../lib/tanka/format.ts';
import { lintFiles } from '../../lib/tanka/lint.ts';
import { toolPin } from '../../lib/tools/tool-pin.ts';
import { RULES } from '../../lib/validate/rules/index.ts';
import { validateFiles } from '../../lib/workflow/validate-files.ts';
import { validate } from '../../lib/workflow/validate.ts';
import { projectWith, ROOT } from '../cli/tankard.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';
import { findingsIn } from './findings-in.ts';

const FOLDER = path.join(ROOT, 'docs/rules');
const CODES = Object.keys(FINDING_CODES) as FindingCode[];

interface Example {
  readonly language: string;
  readonly text: string;
}

function pageOf(code: string): string {
  return readFileSync(path.join(FOLDER, `${code}.md`), 'utf8');
}

/** The first block below the heading; throws when there is none. */
function example(code: string, heading: 'Wrong' | 'Right'): Example {
  const section = pageOf(code).split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const found = /^```(\w+)\n(.*?)^```$/ms.exec(section);
  if (found === null) throw new Error(`docs/rules/${code}.md has no example under ${heading}`);
  return { language: found[1] ?? '', text: found[2] ?? '' };
}

const MAIN = "{ a: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } } }";

/** Mistakes in the YAML as such only a file can have. */
async function codesInFile(text: string): Promise<Set<FindingCode>> {
  const cwd = await temporaryDirectory();
  await writeFile(path.join(cwd, 'a.yaml'), text);
  const { environments } = await validateFiles({ cwd, manifests: '.' });
  return codesOf(environments.flatMap(({ findings }) => findings));
}

/** Format and lint are about the text of any file. */
async function codesOfText(text: string): Promise<Set<FindingCode>> {
  const root = await projectWith(text);
  const files = [path.join(root, 'environments/x/main.jsonnet')];
  const options = { tk: toolPin('tk').path, root, concurrency: 1 };
  return codesOf([...(await checkFormat(files, options)), ...(await lintFiles(files, options))]);
}

/** YAML is validated as it is, Jsonnet as main.jsonnet and JSON as the spec.json of an environment. */
async function codesIn(code: FindingCode, heading: 'Wrong' | 'Right'): Promise<Set<FindingCode>> {
  const { language, text } = example(code, heading);
  if (code.startsWith('yaml/')) return codesInFile(text);
  if (isFileCode(code)) return codesOfText(text);
  if (language === 'yaml') return codesOf(await findingsIn(text));
  const root = await projectWith(
    language === 'jsonnet' ? text : MAIN,
    language === 'json' ? { 'environments/x/spec.json': text } : {},
  );
  const { environments } = await validate({ cwd: root });
  return codesOf(environments.flatMap(({ findings }) => findings));
}

function codesOf(findings: readonly { readonly code: FindingCode }[]): Set<FindingCode> {
  return new Set(findings.map(({ code }) => code));
}

describe('the page of a rule', () => {
  test.each(CODES)('%s begins with its name and its title', (code) => {
    const [heading, , ...rest] = pageOf(code).split('\n');
    expect(heading).toBe(`# ${code}`);
    expect(rest.join(' ').split('  ')[0]).toBe(FINDING_CODES[code].title);
  });

  test.each(CODES)('%s shows what is wrong: that is found, and nothing else', async (code) => {
    const found = await codesIn(code, 'Wrong');
    expect(found).toContain(code);
    // What an acceptance that is wrong does not accept is found too.
    if (!code.startsWith('acceptance/')) expect(found).toEqual(new Set([code]));
  });

  test.each(CODES)('%s shows what is right: nothing is found', async (code) => {
    expect(await codesIn(code, 'Right')).toEqual(new Set());
  });
});

test('each rule has a code of its own, and each page one of those that there are', () => {
  const ruled = RULES.map(({ code }) => code);
  expect(new Set(ruled).size).toBe(ruled.length);
  const pages = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.dirname(file) !== '.' && file.endsWith('.md'))
    .map((file) => file.replace(/\.md$/, ''));
  expect(pages.toSorted()).toEqual(CODES.toSorted());
});
