import { loadAll } from 'js-yaml';
import { ALL_CASES } from '../../../rules/cases/all.ts';
import type { Case, DefectClass } from '../corpus.ts';

/**
 * What Kubernetes checks in Go functions: the cases of rules, those that are right among them. Cases of several objects
 * are left out, since each manifest is judged alone.
 *
 * @param codes codes of the rules, without `workloads/`.
 */
export function goRules(name: string, codes: readonly string[]): DefectClass {
  return { name, cases: () => codes.flatMap((code) => casesOf(code)) };
}

function casesOf(code: string): Case[] {
  const found = ALL_CASES[`workloads/${code}`];
  if (found === undefined) throw new Error(`no rule workloads/${code} has cases`);
  return Object.entries({ ...found.wrong, ...found.right }).flatMap(([name, yaml]) => {
    const objects = loadAll(yaml) as Case['value'][];
    return objects.length === 1
      ? objects.map((value) => ({ name: `${code}: ${name}`, value }))
      : [];
  });
}
