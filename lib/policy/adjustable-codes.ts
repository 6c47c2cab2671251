import { FINDING_CODES, type FindingCode } from '../finding/codes.ts';
import { nearestName } from '../finding/nearest-name.ts';

/** Without these nothing was rendered or looked at, so there would be no findings to set right. */
const FIXED_AREAS: ReadonlySet<string> = new Set(['jsonnet', 'environment', 'acceptance']);

/** What is wrong with the text of a file, whatever it renders; `tankard ci` alone looks for it. */
const FILE_CODES: ReadonlySet<string> = new Set<FindingCode>(['jsonnet/format', 'jsonnet/lint']);

/** The codes whose severity can be set, and whose findings can be accepted. */
const ADJUSTABLE_CODES: readonly FindingCode[] = (
  Object.keys(FINDING_CODES) as FindingCode[]
).filter((code) => FILE_CODES.has(code) || !FIXED_AREAS.has(areaOf(code)));

const ADJUSTABLE: ReadonlySet<string> = new Set(ADJUSTABLE_CODES);

/** Whether the severity of a code can be set, and its findings be accepted. */
export function isAdjustable(code: string): boolean {
  return ADJUSTABLE.has(code);
}

/** Whether a finding is about the text of a file: to validate an environment does not look for it. */
export function isFileCode(code: string): boolean {
  return FILE_CODES.has(code);
}

function areaOf(code: string): string {
  return code.slice(0, code.indexOf('/'));
}

/**
 * What is wrong with the name of a rule, in words that follow it.
 *
 * @returns undefined for the code of a rule that can be set or accepted.
 */
export function ruleNameProblem(name: string): string | undefined {
  if (isAdjustable(name)) return undefined;
  if (Object.hasOwn(FINDING_CODES, name))
    return 'cannot be turned off: it says that nothing could be checked';
  const near = nearestName(name, ADJUSTABLE_CODES);
  const hint = near === undefined ? '`tankard rules` lists them' : `did you mean ${near}?`;
  return `is no rule (${hint})`;
}

/**
 * The same for a name that may be `AREA/*`.
 */
export function rulePatternProblem(pattern: string): string | undefined {
  if (!pattern.endsWith('/*')) return ruleNameProblem(pattern);
  const area = pattern.slice(0, -2);
  if (FIXED_AREAS.has(area)) return 'cannot be turned off: it says that nothing could be checked';
  if (ADJUSTABLE_CODES.some((code) => areaOf(code) === area)) return undefined;
  const areas = [...new Set(ADJUSTABLE_CODES.map(areaOf))].filter((one) => !FIXED_AREAS.has(one));
  return `is no area of rules (there are ${areas.join(', ')})`;
}
