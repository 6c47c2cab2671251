import { FINDING_CODES } from '../finding/codes.ts';
import type { Finding, ResourceId } from '../finding/finding.ts';
import type { AcceptedFinding } from '../finding/accepted-finding.ts';
import type { Judged } from './judged.ts';
import { isFileCode, ruleNameProblem } from './adjustable-codes.ts';

/** Before the rule's code, in which a dot stands for the slash: `accept.tankard.dev/secrets.missing: reason`. */
export const ACCEPT_PREFIX = 'accept.tankard.dev/';

/** An object as it was rendered. */
export interface AnnotatedObject {
  /** The very object that its findings have as `resource`. */
  readonly resource: ResourceId;
  readonly value: { readonly [key: string]: unknown };
}

interface Acceptance {
  readonly key: string;
  readonly code: string;
  readonly reason: string;
}

/**
 * Leaves out the findings that an annotation of their object accepts, and reports annotations that accept nothing.
 *
 * @param findings those of `objects`, and others, which stay.
 * @param options.isPartial not everything was checked, so that an acceptance may have its finding elsewhere.
 */
export function acceptByAnnotation(
  objects: readonly AnnotatedObject[],
  findings: readonly Finding[],
  { isPartial }: { readonly isPartial: boolean },
): Judged {
  const byObject = new Map<ResourceId, Acceptance[]>();
  for (const object of objects) {
    const acceptances = acceptancesOf(object);
    if (acceptances.length > 0) byObject.set(object.resource, acceptances);
  }
  if (byObject.size === 0) return { findings, accepted: [] };
  const used = new Set<Acceptance>();
  const kept: Finding[] = [];
  const accepted: AcceptedFinding[] = [];
  for (const finding of findings) {
    const acceptance =
      finding.resource && byObject.get(finding.resource)?.find(({ code }) => code === finding.code);
    if (acceptance !== undefined) used.add(acceptance);
    if (acceptance === undefined || acceptance.reason === '') kept.push(finding);
    else accepted.push({ finding, by: 'annotation', reason: acceptance.reason });
  }
  const own = [...byObject].flatMap(([resource, acceptances]) =>
    acceptances.flatMap((one) => problem(one, resource, used.has(one) || isPartial)),
  );
  return { findings: [...kept, ...own], accepted };
}

function acceptancesOf({ value }: AnnotatedObject): Acceptance[] {
  const { annotations } = (value['metadata'] ?? {}) as { annotations?: unknown };
  if (typeof annotations !== 'object' || annotations === null) return [];
  return Object.entries(annotations)
    .filter(([key]) => key.startsWith(ACCEPT_PREFIX))
    .map(([key, reason]) => ({
      key,
      code: key.slice(ACCEPT_PREFIX.length).replace('.', '/'),
      reason: typeof reason === 'string' ? reason.trim() : '',
    }));
}

function problem(acceptance: Acceptance, resource: ResourceId, isUsed: boolean): Finding[] {
  const found = acceptanceProblem(acceptance, isUsed);
  if (found === undefined) return [];
  const path = ['metadata', 'annotations', acceptance.key];
  return [{ ...found, severity: FINDING_CODES[found.code].severity, resource, path }];
}

/**
 * What is wrong with an acceptance.
 *
 * @param isUsed whether it accepts something.
 */
export function acceptanceProblem(
  { code, reason }: { readonly code: string; readonly reason: string },
  isUsed: boolean,
): Pick<Finding, 'code' | 'message' | 'fault' | 'expected' | 'hint'> | undefined {
  const wrongName = ruleNameProblem(code);
  if (wrongName !== undefined)
    return {
      code: 'acceptance/unknown-rule',
      message: `accepts ${JSON.stringify(code)}, which ${wrongName}`,
      fault: 'key',
      expected: 'the code of a rule',
    };
  if (reason === '')
    return {
      code: 'acceptance/no-reason',
      message: `accepts ${code} without a reason`,
      fault: 'value',
      expected: 'why the finding may stay',
      hint: 'Say why, in a comment after a colon: the next reader has to know when it can go. Each rule takes an acceptance of its own.',
    };
  if (isUsed || isFileCode(code)) return undefined;
  return {
    code: 'acceptance/unused',
    message: `accepts ${code}, which is not found here`,
    fault: 'key',
    hint: 'Remove it; or write it at the line that the finding names, right above it, or as an annotation of its object.',
  };
}
