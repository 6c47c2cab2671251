import { escapeUTF8 } from 'entities/escape';
import type { EnvironmentResult } from '../environment-result.ts';
import type { Finding } from '../finding.ts';
import {
  environmentPlace,
  findingPlace,
  hostPlace,
  PROBLEM_FILE,
  type CodeHost,
  type HostPlace,
} from './code-host.ts';
import { allResults, problemText, type ReportInput } from './report-input.ts';
import { showEnvironment, showPlace, showResource } from './text.ts';

/** A test of the report: an environment, or an object that something was found in. */
interface TestCase {
  readonly name: string;
  readonly suite: string;
  readonly place: HostPlace;
  readonly findings: readonly Finding[];
  /** Why the environment could not be validated. */
  readonly error?: string;
}

/**
 * The JUnit report: a suite is an environment, a test an object in it. The objects are those in which something was
 * found: a test that GitLab or Jenkins knows by its name from one run to the next, and that is broken or mended as a whole.
 * One more test stands for the environment itself, with what is said of no object; so no suite is empty, which Jenkins
 * takes for a mistake. Warnings do not fail a test; they are its output.
 *
 * @param options.repository absolute; files below it are given relative to it.
 * @returns XML 1.0. Characters that XML cannot have are replaced by U+FFFD.
 */
export function junitReport(
  result: ReportInput,
  { repository }: { readonly repository: string },
): string {
  const { root, failures, problems = [] } = result;
  const host = { repository, root };
  const notDone = problems.map(({ step, failure }): TestCase => {
    const place = environmentPlace(PROBLEM_FILE, host);
    return { name: step, suite: 'tankard ci', place, findings: [], error: problemText(failure) };
  });
  const suites = [
    ...(notDone.length === 0 ? [] : [notDone]),
    ...allResults(result).map((environment) => testsOf(environment, host)),
    ...failures.map(({ failure, ...environment }): TestCase[] => {
      const suite = showEnvironment(environment);
      const error = problemText(failure);
      const place = environmentPlace(environment.path, host);
      return [{ name: 'environment', suite, place, findings: [], error }];
    }),
  ];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'tankard', ...counts(suites.flat()) })}>`,
    ...suites.flatMap((tests) => suiteLines(tests, host)),
    '</testsuites>',
    '',
  ].join('\n');
}

function testsOf(environment: EnvironmentResult, host: CodeHost): TestCase[] {
  const suite = showEnvironment(environment);
  const objects = new Map<string, Finding[]>();
  for (const finding of environment.findings) {
    const name = finding.resource === undefined ? 'environment' : showResource(finding.resource);
    objects.set(name, [...(objects.get(name) ?? []), finding]);
  }
  const own = objects.get('environment') ?? [];
  objects.delete('environment');
  return [
    { name: 'environment', suite, place: environmentPlace(environment.path, host), findings: own },
    ...[...objects].map(([name, findings]) => {
      const first = findings.find(isError) ?? findings[0];
      const place = first && findingPlace(first, environment, host);
      return { name, suite, place: place ?? environmentPlace(environment.path, host), findings };
    }),
  ];
}

function suiteLines(tests: readonly TestCase[], host: CodeHost): string[] {
  const name = tests[0]?.suite ?? '';
  return [
    `  <testsuite${attributes({ name, ...counts(tests) })}>`,
    ...tests.flatMap((test) => testLines(test, host)),
    '  </testsuite>',
  ];
}

function testLines(test: TestCase, host: CodeHost): string[] {
  const { name, suite, place, findings, error } = test;
  const wrong = findings.filter(isError);
  const warnings = findings.filter((finding) => !isError(finding));
  const lines = [
    ...(error === undefined ? [] : [element('error', { message: firstLine(error) }, error)]),
    ...(wrong.length === 0 ? [] : [failureElement(wrong, host)]),
    ...(warnings.length === 0 ? [] : [element('system-out', {}, paragraphs(warnings, host))]),
  ];
  const { file, line } = place;
  const open = `    <testcase${attributes({ name, classname: suite, file, line })}`;
  return lines.length === 0 ? [`${open}/>`] : [`${open}>`, ...lines, '    </testcase>'];
}

/** JUnit has one failure a test: it says all that is wrong. */
function failureElement(findings: readonly Finding[], host: CodeHost): string {
  const [first] = findings;
  const more = findings.length === 1 ? '' : ` (and ${findings.length - 1} more)`;
  const message = `${firstLine(first?.message ?? '')}${more}`;
  return element('failure', { message, type: first?.code ?? '' }, paragraphs(findings, host));
}

function paragraphs(findings: readonly Finding[], host: CodeHost): string {
  return findings.map((finding) => paragraph(finding, host)).join('\n\n');
}

function paragraph(finding: Finding, host: CodeHost): string {
  const { severity, code, message, hint, location } = finding;
  const place = location && hostPlace(location, host);
  const word = location?.certainty === 'near' ? 'near' : 'at';
  return [
    `${severity}  ${showPlace(finding)}${message}  [${code}]`,
    place && `  ${word} ${place.file}:${place.line}:${place.column}`,
    hint && `  ${hint}`,
  ]
    .filter((line) => line !== undefined)
    .join('\n');
}

function counts(tests: readonly TestCase[]): Record<string, number> {
  return {
    tests: tests.length,
    failures: tests.filter(({ findings }) => findings.some(isError)).length,
    errors: tests.filter(({ error }) => error !== undefined).length,
  };
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

function element(name: string, given: Readonly<Record<string, string>>, content: string): string {
  return `      <${name}${attributes(given)}>${xml(content)}</${name}>`;
}

function attributes(given: Readonly<Record<string, string | number>>): string {
  return Object.entries(given)
    .map(([key, value]) => ` ${key}="${xml(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('');
}

/** Characters outside of XML 1.0, production 2 ("Char"): they may not even be escaped. */
const NO_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

function xml(text: string): string {
  return escapeUTF8(text.replaceAll(NO_XML, '\ufffd'));
}
