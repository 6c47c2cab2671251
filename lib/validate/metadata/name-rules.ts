import { isRecord } from '../../manifest/is-record.ts';
import { valueAt } from '../../manifest/secret-fields.ts';
import { minorOf } from '../../sources/pinned-modules.ts';
import type { UpstreamKind } from '../../sources/upstream.ts';
import {
  CONFIG_KEY,
  DNS_1035_LABEL,
  DNS_LABEL,
  faultOf,
  type NameForm,
  PATH_SEGMENT,
  SUBDOMAIN,
} from './name-form.ts';

/**
 * The kinds of Kubernetes whose names are no DNS subdomains, as `group/Kind`, the core group empty. A name that has to
 * say what the object says otherwise is in {@link requiredName}.
 *
 * Source: the validation functions of k8s.io/kubernetes v1.36.3 pkg/apis/<group>/validation; RBAC and
 * CertificateSigningRequest, policy and authentication have none of their own and take any path segment
 * (k8s.io/apiserver pkg/registry/rest/create.go).
 */
const FORMS: ReadonlyMap<string, NameForm> = new Map([
  ['/Namespace', DNS_LABEL],
  ['/Service', DNS_LABEL],
  ['apps/StatefulSet', DNS_LABEL],
  ['rbac.authorization.k8s.io/Role', PATH_SEGMENT],
  ['rbac.authorization.k8s.io/RoleBinding', PATH_SEGMENT],
  ['rbac.authorization.k8s.io/ClusterRole', PATH_SEGMENT],
  ['rbac.authorization.k8s.io/ClusterRoleBinding', PATH_SEGMENT],
  ['certificates.k8s.io/CertificateSigningRequest', PATH_SEGMENT],
  ['certificates.k8s.io/ClusterTrustBundle', PATH_SEGMENT],
  ['policy/PodDisruptionBudget', PATH_SEGMENT],
  ['networking.k8s.io/IPAddress', PATH_SEGMENT],
  ['internal.apiserver.k8s.io/StorageVersion', PATH_SEGMENT],
  ['apiregistration.k8s.io/APIService', PATH_SEGMENT],
  ['coordination.k8s.io/LeaseCandidate', CONFIG_KEY],
]);

/** From this minor on a Service may begin with a digit: RelaxedServiceNameValidation in pkg/features/kube_features.go. */
const RELAXED_SERVICES = 36;

/** The name of a CronJob has room for what its Jobs' names add. Source: pkg/apis/batch/validation. */
const LONGEST_CRON_JOB = 52;

/**
 * What is wrong with the name of an object.
 *
 * @param name not empty.
 * @returns undefined when nothing is, else what to say after the name, and what it has to be when that is one text.
 */
export function nameFault(
  name: string,
  kind: UpstreamKind,
  value: unknown,
): { readonly fault: string; readonly expected?: string } | undefined {
  const form = nameForm(kind);
  const fault = faultOf(name, form) ?? ownFault(name, kind);
  if (fault !== undefined) return { fault };
  const required = kind.dialect === 'crd' ? undefined : requiredName(value);
  if (required === undefined || required === name) return undefined;
  return { fault: `must be ${JSON.stringify(required)}, which the spec says`, expected: required };
}

/** The form that the names of a kind have. */
export function nameForm(kind: UpstreamKind): NameForm {
  let form = forms.get(kind);
  if (form === undefined) {
    form = findNameForm(kind);
    forms.set(kind, form);
  }
  return form;
}

const forms = new WeakMap<UpstreamKind, NameForm>();

function findNameForm(kind: UpstreamKind): NameForm {
  if (kind.dialect === 'crd') return SUBDOMAIN;
  if (isKind(kind, '/Service') && Number(minorOf(kind.version).split('.')[1]) < RELAXED_SERVICES)
    return DNS_1035_LABEL;
  return FORMS.get(groupKind(kind)) ?? SUBDOMAIN;
}

function ownFault(name: string, kind: UpstreamKind): string | undefined {
  if (name.length > LONGEST_CRON_JOB && isKind(kind, 'batch/CronJob'))
    return `is longer than ${LONGEST_CRON_JOB} characters, so that its Jobs could have no names`;
  return undefined;
}

/** The name that a definition of an API must have. */
function requiredName(value: unknown): string | undefined {
  const at = (...path: string[]): unknown => valueAt(value, path);
  switch (isRecord(value) ? value['kind'] : undefined) {
    case 'CustomResourceDefinition':
      return joined(at('spec', 'names', 'plural'), at('spec', 'group'));
    case 'APIService':
      return joined(at('spec', 'version'), at('spec', 'group') ?? '');
    default:
      return undefined;
  }
}

function joined(first: unknown, second: unknown): string | undefined {
  return typeof first === 'string' && typeof second === 'string' ? `${first}.${second}` : undefined;
}

function isKind(kind: UpstreamKind, wanted: string): boolean {
  return groupKind(kind) === wanted;
}

function groupKind({ apiVersion, kind }: UpstreamKind): string {
  const slash = apiVersion.indexOf('/');
  return `${slash === -1 ? '' : apiVersion.slice(0, slash)}/${kind}`;
}
