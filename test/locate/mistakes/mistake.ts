import type { Fault, Path, ResourceId } from '../../../lib/finding/finding.ts';

/** One seeded mistake: a project, what a validator finds in its manifests, and where the mistake stands. */
export interface Mistake {
  readonly name: string;
  /** Files by path; the wrong line is the one that has the word HERE, unless `line` says another. */
  readonly files: Record<string, string | null>;
  readonly resource: ResourceId;
  readonly path: Path;
  readonly fault: Fault;
  readonly line?: readonly [file: string, line: number];
  /** Set where no proof can be had: why the place is only near. */
  readonly nearBecause?: string;
  /** Set where the wrong line is not the first of those that are reported, but one of the others: why. */
  readonly relatedBecause?: string;
  readonly tlaCode?: Record<string, string>;
  readonly extCode?: Record<string, string>;
  readonly environmentName?: string;
}

export const MAIN = 'environments/x/main.jsonnet';
export const SPEC = 'environments/x/spec.json';
const ROLE = 'eks.amazonaws.com/role-arn';
export const CHECK_ANNOTATION = ['metadata', 'annotations', ROLE] as const;

function core(kind: string, name: string): ResourceId {
  return { apiVersion: 'v1', kind, namespace: 'shop', name };
}

export const ACCOUNT = core('ServiceAccount', 'web');
export const CONFIG = core('ConfigMap', 'web');
export const DEPLOYMENT: ResourceId = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: 'shop',
  name: 'web',
};
