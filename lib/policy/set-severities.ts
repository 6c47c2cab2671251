import { Failure } from '../finding/failure.ts';
import type { Finding } from '../finding/finding.ts';
import { matchesEnvironment } from '../finding/matches-environment.ts';
import { rulePatternProblem } from './adjustable-codes.ts';

/** A severity for the findings of a rule, in a part of the project. */
export interface SeveritySetting {
  /** The code of a rule, or `AREA/*`. */
  readonly rule: string;
  readonly severity: 'off' | 'warning' | 'error';
  /** Paths of environments, with `/`; `FOLDER/**` for all below a folder. Absent: all. */
  readonly environments?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly kinds?: readonly string[];
}

/**
 * Holds the settings to the rules that there are.
 *
 * @param file where they stand, for the message.
 * @throws Failure `usage` for the name of a rule that does not exist or cannot be set.
 */
export function checkSeveritySettings(settings: readonly SeveritySetting[], file: string): void {
  for (const [index, { rule }] of settings.entries()) {
    const problem = rulePatternProblem(rule);
    if (problem !== undefined)
      throw new Failure(
        'usage',
        `${file}: rules[${index}].rule: ${JSON.stringify(rule)} ${problem}`,
      );
  }
}

/**
 * Gives findings the severities that the project sets; of the settings that match a finding the last counts.
 *
 * @returns without those that are off.
 */
export function setSeverities(
  findings: readonly Finding[],
  settings: readonly SeveritySetting[],
): Finding[] {
  if (settings.length === 0) return [...findings];
  return findings.flatMap((finding) => {
    const severity = settings.findLast((setting) => matches(setting, finding))?.severity;
    if (severity === 'off') return [];
    return severity === undefined ? [finding] : [{ ...finding, severity }];
  });
}

function matches(setting: SeveritySetting, { code, environment, resource }: Finding): boolean {
  return (
    matchesRule(setting.rule, code) &&
    includes(setting.namespaces, resource?.namespace) &&
    includes(setting.kinds, resource?.kind) &&
    (setting.environments?.some((pattern) => matchesEnvironment(pattern, environment ?? '')) ??
      true)
  );
}

function matchesRule(rule: string, code: string): boolean {
  return rule === code || (rule.endsWith('/*') && code.startsWith(rule.slice(0, -1)));
}

function includes(allowed: readonly string[] | undefined, value: string | undefined): boolean {
  return allowed === undefined || (value !== undefined && allowed.includes(value));
}
