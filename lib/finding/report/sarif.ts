import { pathToFileURL } from 'node:url';
import type {
  Invocation,
  Location,
  Log,
  PhysicalLocation,
  ReportingDescriptor,
  Result,
  Suppression,
} from 'sarif';
import type { AcceptedFinding } from '../accepted-finding.ts';
import { FINDING_CODES, type FindingCode } from '../codes.ts';
import type { EnvironmentResult } from '../environment-result.ts';
import type { Finding } from '../finding.ts';
import { fingerprints } from '../fingerprint.ts';
import {
  environmentPlace,
  findingPlace,
  findingText,
  hostPlace,
  PROBLEM_FILE,
  type CodeHost,
  type HostPlace,
} from './code-host.ts';
import { allResults, problemText, type ReportInput } from './report-input.ts';
import { showEnvironment, showPath, showResource } from './text.ts';

/** Stands for the root of the repository in the URIs of files. */
const ROOT_ID = 'SRCROOT';

/**
 * The SARIF 2.1.0 report (OASIS, "Static Analysis Results Interchange Format"), with what GitHub's code scanning asks for
 * beyond the schema: each result has a place, each rule its texts.
 *
 * Its own fingerprint has a name of its own. The one that GitHub reads, `primaryLocationLineHash`, is left to its upload:
 * so twenty objects with one cause are one alert there.
 *
 * @param options.repository absolute; files below it are given relative to it, as code hosts know them.
 * @param options.version of Tankard.
 * @returns a SARIF log, to be written as JSON.
 */
export function sarifReport(
  result: ReportInput,
  options: { readonly repository: string; readonly version: string },
): object {
  const host = { repository: options.repository, root: result.root };
  const found = allResults(result).flatMap((environment) => [
    ...environment.findings.map((finding) => ({ environment, finding, suppressions: [] })),
    ...environment.accepted.map((accepted) => ({
      environment,
      finding: accepted.finding,
      suppressions: [suppressionOf(accepted)],
    })),
  ]);
  const codes = [...new Set(found.map(({ finding }) => finding.code))].toSorted();
  const prints = fingerprints(found.map(({ finding }) => finding));
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Tankard',
            version: options.version,
            semanticVersion: options.version,
            rules: codes.map((code) => ruleOf(code)),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [ROOT_ID]: { uri: pathToFileURL(`${host.repository}/`).href } },
        invocations: [invocationOf(result, host)],
        results: found.map(({ environment, finding, suppressions }) => ({
          ruleIndex: codes.indexOf(finding.code),
          ...resultOf(finding, environment, host),
          suppressions,
          partialFingerprints: { 'tankard/v1': prints.get(finding) ?? '' },
        })),
        properties: { kubernetes: result.kubernetes },
      },
    ],
  };
  return log;
}

/** An empty list of suppressions says that a result is not suppressed; SARIF wants all results to have one, or none. */
function suppressionOf({ by, reason }: AcceptedFinding): Suppression {
  return {
    kind: by === 'baseline' ? 'external' : 'inSource',
    ...(reason === undefined ? {} : { justification: reason }),
  };
}

function ruleOf(code: FindingCode): ReportingDescriptor {
  const { severity, title } = FINDING_CODES[code];
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: title },
    help: { text: title },
    defaultConfiguration: { level: severity },
    properties: { tags: ['kubernetes'] },
  };
}

function resultOf(finding: Finding, environment: EnvironmentResult, host: CodeHost): Result {
  const { related = [] } = finding.location ?? {};
  return {
    ruleId: finding.code,
    level: finding.severity,
    message: { text: findingText(finding) },
    locations: [
      {
        physicalLocation: physical(findingPlace(finding, environment, host)),
        logicalLocations: logicalLocations(finding, environment),
      },
    ],
    ...(related.length > 0 && {
      relatedLocations: related.map((position, index) => ({
        id: index + 1,
        physicalLocation: physical(hostPlace(position, host)),
        message: { text: 'took part in it' },
      })),
    }),
    ...(finding.location && { properties: { certainty: finding.location.certainty } }),
  };
}

function physical({ file, line, column }: HostPlace): PhysicalLocation {
  const isInside = !file.startsWith('/') && !/^[A-Za-z]:/.test(file);
  const uri = file
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/');
  return {
    artifactLocation: isInside ? { uri, uriBaseId: ROOT_ID } : { uri: pathToFileURL(file).href },
    region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) },
  };
}

/** The environment, the object in it and the place in that. */
function logicalLocations(
  { resource, path = [] }: Finding,
  environment: EnvironmentResult,
): Location['logicalLocations'] {
  const names = [
    { kind: 'module', name: showEnvironment(environment) },
    ...(resource === undefined ? [] : [{ kind: 'object', name: showResource(resource) }]),
    ...(path.length === 0 ? [] : [{ kind: 'property', name: showPath(path) }]),
  ];
  return names.map(({ kind, name }, index) => ({
    name,
    kind,
    fullyQualifiedName: names
      .slice(0, index + 1)
      .map((one) => one.name)
      .join(' / '),
  }));
}

function invocationOf({ failures, problems = [] }: ReportInput, host: CodeHost): Invocation {
  const notValidated = failures.map(({ failure, ...environment }) => ({
    what: showEnvironment(environment),
    failure,
    place: environmentPlace(environment.path, host),
  }));
  const notDone = problems.map(({ step, failure }) => ({
    what: step,
    failure,
    place: environmentPlace(PROBLEM_FILE, host),
  }));
  const all = [...notDone, ...notValidated];
  return {
    executionSuccessful: all.length === 0,
    toolExecutionNotifications: all.map(({ what, failure, place }) => ({
      level: 'error',
      message: { text: `${what}: ${problemText(failure)}` },
      locations: [{ physicalLocation: physical(place) }],
    })),
  };
}
