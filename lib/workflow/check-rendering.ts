import path from 'node:path';
import { CONFIG_FILE } from '../config/load-config.ts';
import type { AcceptedFinding } from '../finding/accepted-finding.ts';
import type { UncheckedRule, UnknownKind } from '../finding/environment-result.ts';
import type { Finding } from '../finding/finding.ts';
import { quoteFindings } from '../locate/quote-findings.ts';
import { parseManifests, type Manifest } from '../manifest/parse-manifests.ts';
import { acceptByAnnotation } from '../policy/accept-by-annotation.ts';
import { checkSeveritySettings, setSeverities } from '../policy/set-severities.ts';
import { openUpstream, type Upstream } from '../sources/upstream.ts';
import type { TankaArguments } from '../tanka/arguments.ts';
import { nestedListFindings } from '../validate/nested-list-findings.ts';
import { validateManifests } from '../validate/validate-manifests.ts';
import { locate } from './locate.ts';
import { running, type Project, type ProjectOptions } from './project.ts';
import { ensureLibraries } from './restore.ts';
import type { Rendered } from './show.ts';

/**
 * What an open project's manifests are held to: its libraries are seen to, its schemas opened.
 *
 * @param options.kubernetes minor version; wins over tankard.yaml.
 * @throws Failure as `checkSeveritySettings`, `ensureLibraries` and `openUpstream`.
 */
export async function openChecks(
  { root, config }: Project,
  options: ProjectOptions & { readonly kubernetes?: string },
): Promise<Upstream> {
  checkSeveritySettings(config.rules, path.join(root, CONFIG_FILE));
  const imports = await ensureLibraries({ root, config, ...running(options) });
  const kubernetes = options.kubernetes ?? config.kubernetes;
  return openUpstream({
    ...(kubernetes === undefined ? {} : { kubernetes }),
    imports: [...imports.values()],
    root,
    ...running(options),
  });
}

/** What was found in what one environment rendered. */
export interface Checked {
  readonly manifests: readonly Manifest[];
  /** Without a place in the Jsonnet, but for those of the evaluation. */
  readonly findings: readonly Finding[];
  /** What annotations accept. */
  readonly accepted: readonly AcceptedFinding[];
  readonly unknownKinds: readonly UnknownKind[];
  readonly uncheckedRules: readonly UncheckedRule[];
}

/**
 * Validates what an environment rendered, and gives findings the severities of tankard.yaml.
 *
 * @param options.earlier what it rendered before: what did not change is not parsed again.
 * @throws Failure `tool` when tk printed no manifests.
 */
export async function checkRendering(
  {
    place,
    yaml,
    findings,
  }: Pick<Rendered, 'yaml' | 'findings'> & {
    readonly place: Pick<Rendered['place'], 'environment'>;
  },
  { config }: Project,
  options: {
    readonly upstream: Upstream;
    readonly args?: TankaArguments;
    readonly earlier?: Pick<Rendered, 'yaml'> & Pick<Checked, 'manifests'>;
  },
): Promise<Checked> {
  const { upstream, args = {}, earlier } = options;
  const manifests = parseManifests(
    yaml.toString('utf8'),
    earlier && { ...earlier, yaml: earlier.yaml.toString('utf8') },
  );
  const isPartial = (args.targets ?? []).length > 0;
  const lists = nestedListFindings(manifests);
  const objects = manifests.filter((manifest) => !lists.has(manifest));
  const checked = await validateManifests(objects, {
    upstream,
    allowedUnknownKinds: config.unknownKinds,
    rules: { gateways: config.gateways },
    isPartial,
  });
  const found = [...findings, ...lists.values(), ...checked.findings].map((finding): Finding => ({
    ...finding,
    environment: place.environment,
  }));
  const judged = acceptByAnnotation(manifests, setSeverities(found, config.rules), { isPartial });
  const { unknownKinds, uncheckedRules } = checked;
  return { manifests, ...judged, unknownKinds, uncheckedRules };
}

/** Gives findings their places in the Jsonnet, and the lines that stand there. */
export async function placeFindings(
  { manifests, findings }: Pick<Checked, 'manifests' | 'findings'>,
  project: Project,
  place: Rendered['place'],
  options: ProjectOptions & { readonly args?: TankaArguments },
): Promise<Finding[]> {
  return quoteFindings(await locate(findings, project, place, options), manifests);
}
