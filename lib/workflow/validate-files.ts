import path from 'node:path';
import { CONFIG_FILE, loadConfig } from '../config/load-config.ts';
import { existsSync } from 'node:fs';
import type { EnvironmentResult } from '../finding/environment-result.ts';
import { Failure } from '../finding/failure.ts';
import type { Finding } from '../finding/finding.ts';
import { quoteFindings } from '../locate/quote-findings.ts';
import { locateInDocuments, parseDocuments } from '../manifest/parse-documents.ts';
import { acceptByAnnotation } from '../policy/accept-by-annotation.ts';
import { AcceptingComments } from '../policy/accept-by-comment.ts';
import { checkSeveritySettings, setSeverities } from '../policy/set-severities.ts';
import { readImportLock } from '../sources/import-lock.ts';
import { openUpstream } from '../sources/upstream.ts';
import { ancestors, ROOT_FILES } from '../tanka/project.ts';
import { validateManifests } from '../validate/validate-manifests.ts';
import { checkBaselineOptions, withBaseline, type BaselineOptions } from './baseline.ts';
import { running, type ProjectOptions } from './project.ts';
import { readManifests } from './read-manifests.ts';
import type { ValidateResult } from './validate.ts';

/** Which files to validate, and against what. */
export interface ValidateFilesOptions extends ProjectOptions, BaselineOptions {
  /** A file, a folder of YAML and JSON files, or `-` for the standard input; relative to `cwd`. */
  readonly manifests: string;
  /** Minor version of Kubernetes; wins over tankard.yaml. */
  readonly kubernetes?: string;
}

/**
 * Validates manifests that Tanka did not render, such as the output of Helm, as if one environment had: the findings
 * name lines of the YAML. The settings and imports of the project that `cwd` is in hold, when it is in one.
 *
 * @throws Failure as `readManifests`, `loadConfig`, `openUpstream` and `withBaseline`.
 */
export async function validateFiles(options: ValidateFilesOptions): Promise<ValidateResult> {
  const cwd = path.resolve(options.cwd ?? process.cwd());
  checkBaselineOptions(options);
  const root = projectRootOf(cwd) ?? cwd;
  const config = await loadConfig(root);
  checkSeveritySettings(config.rules, path.join(root, CONFIG_FILE));
  const kubernetes = options.kubernetes ?? config.kubernetes;
  const target = options.manifests === '-' ? '-' : path.resolve(cwd, options.manifests);
  const read = await readManifests(target, cwd);
  const upstream = await openUpstream({
    ...(kubernetes === undefined ? {} : { kubernetes }),
    imports: [...readImportLock(root).values()],
    root,
    ...running(options),
  });
  const { manifests, findings } = parseDocuments(read.documents);
  if (manifests.length + findings.length + read.findings.length === 0)
    throw nothing(options.manifests);
  const checked = await validateManifests(manifests, {
    upstream,
    allowedUnknownKinds: config.unknownKinds,
    rules: { gateways: config.gateways },
  });
  const environment = target === '-' ? '-' : relativeTo(root, target);
  const found = [...read.findings, ...findings, ...checked.findings].map((finding): Finding => ({
    ...finding,
    environment,
  }));
  const judged = acceptByAnnotation(manifests, setSeverities(found, config.rules), {
    isPartial: false,
  });
  const comments = new AcceptingComments(read.texts);
  const commented = comments.accept(locateInDocuments(judged.findings, manifests));
  const result: EnvironmentResult = {
    path: environment,
    manifests: manifests.length,
    findings: await quoteFindings(
      [...commented.findings, ...comments.problems(() => true)],
      manifests,
    ),
    accepted: [...judged.accepted, ...commented.accepted],
    unknownKinds: checked.unknownKinds,
    uncheckedRules: checked.uncheckedRules,
  };
  const { environments, gone } = await withBaseline([result], {
    ...options,
    cwd,
    isPartial: false,
  });
  return {
    root,
    kubernetes: upstream.kubernetes,
    environments,
    failures: [],
    ...(gone === undefined ? {} : { gone }),
  };
}

function projectRootOf(cwd: string): string | undefined {
  return ancestors(cwd).find((folder) =>
    [...ROOT_FILES, CONFIG_FILE].some((file) => existsSync(path.join(folder, file))),
  );
}

function relativeTo(root: string, target: string): string {
  const relative = path.relative(root, target);
  return relative === ''
    ? '.'
    : relative.startsWith('..')
      ? target
      : relative.split(path.sep).join('/');
}

/** A check that looked at nothing must not pass for one that found nothing. */
function nothing(target: string): Failure {
  return new Failure(
    'usage',
    `there are no manifests in ${target === '-' ? 'the standard input' : target}`,
  );
}
