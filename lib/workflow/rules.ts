import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../disk/package-root.ts';
import { FINDING_CODES, type FindingCode } from '../finding/codes.ts';
import { Failure } from '../finding/failure.ts';
import type { Severity } from '../finding/finding.ts';
import { nearestName } from '../finding/nearest-name.ts';

/** What `tankard validate` may find. */
export interface RuleEntry {
  /** The code of its findings, `area/what`. */
  readonly id: FindingCode;
  /** Unless tankard.yaml or the finding itself says otherwise. */
  readonly severity: Severity;
  readonly title: string;
}

/** A rule with what explains it. */
export interface RulePage extends RuleEntry {
  /** Markdown: why it matters, how to mend it, a wrong and a right example, the source. */
  readonly page: string;
}

/** Everything that `tankard validate` may find, by area. */
export function listRules(): RuleEntry[] {
  return Object.entries(FINDING_CODES).map(([id, entry]) => ({ id: id as FindingCode, ...entry }));
}

/**
 * The page of a rule.
 *
 * @throws Failure `usage` when there is no such rule.
 */
export async function readRule(code: string): Promise<RulePage> {
  const rules = listRules();
  const rule = rules.find(({ id }) => id === code);
  if (rule === undefined) {
    const ids = rules.map(({ id }) => id);
    const near = ids.find((id) => id.endsWith(`/${code}`)) ?? nearestName(code, ids);
    throw new Failure('usage', `there is no rule ${JSON.stringify(code)}`, {
      hint: near === undefined ? '`tankard rules` lists them.' : `Did you mean ${near}?`,
    });
  }
  const file = path.join(packageRoot(), 'docs', 'rules', `${code}.md`);
  return { ...rule, page: await readFile(file, 'utf8') };
}
