import { nearestName } from '../../../../finding/nearest-name.ts';
import type { Manifest } from '../../../../manifest/parse-manifests.ts';
import { isRecord } from '../../../../manifest/is-record.ts';
import { valueAt } from '../../../../manifest/secret-fields.ts';
import { groupOf, type RenderedObjects } from '../../../rendered/rendered-objects.ts';
import { ASSOCIATION_GROUP } from './associations.ts';
import { isMissing } from './service-account.ts';

/** A member that names a ServiceAccount: `serviceAccountName`, `serviceAccountRef`, `service_account`, `serviceAccounts`. */
const NAMES_ONE = /service[_-]?account/i;

/** Beyond so many names, which nothing is, none is compared with others letter by letter: that would take too long. */
const MOST_NAMES = 20;

/** What uses ServiceAccounts: Pods, what else speaks of them, and what names one wrongly. */
export class ServiceAccountUsers {
  readonly #objects: RenderedObjects;
  /** Names by namespace. */
  readonly #named = new Map<string, Set<string>>();
  readonly #missing = new Map<string, Set<string>>();
  readonly #missingAnywhere = new Set<string>();
  #others: ((name: string) => boolean) | undefined;

  constructor(objects: RenderedObjects) {
    this.#objects = objects;
    for (const { namespace, serviceAccountName: name, manifest, path } of objects.pods) {
      const named = setIn(this.#named, namespace).add(name);
      addMisplaced(valueAt(manifest.value, path), named);
      if (!isMissing(objects, namespace, name)) continue;
      setIn(this.#missing, namespace).add(name);
      this.#missingAnywhere.add(name);
    }
  }

  /** Whether Pods are rendered in a namespace. */
  hasPods(namespace: string): boolean {
    return this.#named.has(namespace);
  }

  /**
   * Whether something uses the ServiceAccount, or is probably meant to: names it where it is not read, in another namespace, or
   * with other letters. Those are findings of their own.
   */
  has({ namespace, name }: { readonly namespace: string; readonly name: string }): boolean {
    if (this.#named.get(namespace)?.has(name) === true || this.#missingAnywhere.has(name))
      return true;
    const missing = [...(this.#missing.get(namespace) ?? [])].slice(0, MOST_NAMES);
    if (missing.some((other) => nearestName(other, [name]) !== undefined)) return true;
    this.#others ??= otherUsers(this.#objects);
    return this.#others(name);
  }
}

function setIn(sets: Map<string, Set<string>>, key: string): Set<string> {
  const found = sets.get(key) ?? new Set();
  sets.set(key, found);
  return found;
}

/** Names at places of a Pod, or of its template, where they are not read. */
function addMisplaced(template: unknown, names: Set<string>): void {
  const places = isRecord(template) ? [template, template['spec']] : [];
  for (const place of places.filter(isRecord))
    for (const [key, value] of Object.entries(place))
      if (NAMES_ONE.test(key)) addNames(value, names);
}

/**
 * The names of ServiceAccounts that are spoken of elsewhere than in Pods: in custom objects (`serviceAccountRef` of External
 * Secrets and cert-manager, an operator's `serviceAccountName`, the values of a chart), in ConfigMaps, and in the variables and
 * arguments of what makes Pods itself. Namespaces are left aside, since the object that names a ServiceAccount often stands
 * in another one.
 */
function otherUsers(objects: RenderedObjects): (name: string) => boolean {
  const found: Found = { names: new Set(), texts: [] };
  for (const manifest of objects.manifests) if (isCustom(manifest)) collect(manifest.value, found);
  for (const { value } of objects.of('', 'ConfigMap')) collect(value['data'], found);
  for (const { containers } of objects.pods)
    for (const { value } of containers)
      collect([value['env'], value['args'], value['command']], found);
  const text = found.texts.join('\n');
  return (name) => found.names.has(name) || text.includes(name);
}

/** Of a group of its own; what Kubernetes itself has names ServiceAccounts in Pods alone, and in RBAC, which uses none. */
function isCustom({ resource }: Manifest): boolean {
  const group = groupOf(resource.apiVersion);
  return (
    group.includes('.') && group !== 'rbac.authorization.k8s.io' && group !== ASSOCIATION_GROUP
  );
}

interface Found {
  readonly names: Set<string>;
  /** Texts that speak of ServiceAccounts: the configuration of a program, the values of a chart. */
  readonly texts: string[];
}

/** How IAM and trust policies write a ServiceAccount, which is no use of it. */
const SUBJECTS = /system:serviceaccount:[^"\s]*|serviceAccount:\S*\.svc\.id\.goog\S*/g;

function collect(value: unknown, found: Found): void {
  if (Array.isArray(value)) for (const item of value) collect(item, found);
  else if (typeof value === 'string') collectText(value, found);
  if (!isRecord(value)) return;
  // A variable, or a parameter of a chart such as Argo CD's helm.parameters.
  if (typeof value['name'] === 'string' && NAMES_ONE.test(value['name']))
    addNames(value['value'], found.names);
  for (const [key, inner] of Object.entries(value)) {
    if (NAMES_ONE.test(key)) addNames(inner, found.names);
    collect(inner, found);
  }
}

function collectText(text: string, { texts }: Found): void {
  if (!NAMES_ONE.test(text)) return;
  const rest = text.replaceAll(SUBJECTS, '');
  if (NAMES_ONE.test(rest)) texts.push(rest);
}

/** A name, an object with a name (or the metadata of one), or a list of them. */
function addNames(value: unknown, names: Set<string>): void {
  if (typeof value === 'string') names.add(value);
  else if (Array.isArray(value)) for (const item of value) addNames(item, names);
  else if (isRecord(value)) {
    if (typeof value['name'] === 'string') names.add(value['name']);
    if (isRecord(value['metadata'])) addNames(value['metadata'], names);
  }
}
