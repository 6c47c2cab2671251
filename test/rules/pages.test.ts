import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { FINDING_CODES, type FindingCode } from '../../lib/finding/codes.ts';
import { RULES } from '../../lib/validate/rules/index.ts';
import { ROOT } from '../cli/tankard.ts';
import { findingsIn } from './findings-in.ts';

const FOLDER = path.join(ROOT, 'docs/rules');

function pageOf(code: string): string {
  return readFileSync(path.join(FOLDER, `${code}.md`), 'utf8');
}

/** The YAML below the heading; throws when there is none. */
function example(code: string, heading: 'Wrong' | 'Right'): string {
  const found = new RegExp(`^## ${heading}\\n(?:[^#]*?\\n)?\`\`\`yaml\\n(.*?)^\`\`\`$`, 'ms').exec(
    pageOf(code),
  );
  if (found?.[1] === undefined)
    throw new Error(`docs/rules/${code}.md has no YAML under ${heading}`);
  return found[1];
}

const CODES = RULES.map(({ code }) => code);

describe('the page of a rule', () => {
  test.each(CODES)('%s begins with its name and its title', (code) => {
    const [heading, , title] = pageOf(code).split('\n');
    expect(heading).toBe(`# ${code}`);
    expect(title).toBe(FINDING_CODES[code].title);
  });

  test.each(CODES)(
    '%s shows what is wrong: the rule finds it, and nothing else is',
    async (code) => {
      const found = await findingsIn(example(code, 'Wrong'));
      expect(new Set(found.map((one) => one.code))).toEqual(new Set([code]));
    },
  );

  test.each(CODES)('%s shows what is right: nothing is found', async (code) => {
    expect(await findingsIn(example(code, 'Right'))).toEqual([]);
  });
});

test('each code has one rule at most, and each page a code', () => {
  expect(new Set(CODES).size).toBe(CODES.length);
  const pages = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.dirname(file) !== '.' && file.endsWith('.md'))
    .map((file) => file.replace(/\.md$/, ''));
  expect(pages.filter((page) => !Object.hasOwn(FINDING_CODES, page as FindingCode))).toEqual([]);
  expect(CODES.filter((code) => !existsSync(path.join(FOLDER, `${code}.md`)))).toEqual([]);
});
