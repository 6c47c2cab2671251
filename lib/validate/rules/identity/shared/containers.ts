import type { Path } from '../../../../finding/finding.ts';
import { isRecord } from '../../../../manifest/is-record.ts';
import { recordAt, type Container, type PodSource } from '../../../rendered/pods.ts';
import type { RenderedObjects } from '../../../rendered/rendered-objects.ts';
import { textIn } from './service-account.ts';

type Fields = Readonly<Record<string, unknown>>;

/** An environment variable of a container. */
export interface Variable {
  readonly name: string;
  /** Where its name stands; for one of `envFrom`, the name of the ConfigMap or Secret. */
  readonly path: Path;
  readonly from: 'env' | 'envFrom';
}

/** The name of a container; the empty string when it has none. */
export function nameOf(container: Container): string {
  return textIn(container.value, 'name') ?? '';
}

/** The containers and init containers that webhooks change: not the ephemeral ones, nor those that `skipped` has. */
export function mutatedContainers(pod: PodSource, skipped: readonly string[]): Container[] {
  return pod.containers.filter(
    (container) =>
      container.path.at(-2) !== 'ephemeralContainers' && !skipped.includes(nameOf(container)),
  );
}

/**
 * The variables of a container that have one of the names, and a value: of `env`, and keys of what `envFrom` names and is
 * rendered.
 */
export function variablesOf(
  objects: RenderedObjects,
  { pod, container }: { readonly pod: PodSource; readonly container: Container },
  names: ReadonlySet<string>,
): Variable[] {
  const { env, envFrom } = container.value;
  const own = env === undefined ? [] : ownVariables(container, names);
  if (envFrom === undefined) return own;
  return [...own, ...importedVariables(objects, { pod, container }, names)];
}

function ownVariables(container: Container, names: ReadonlySet<string>): Variable[] {
  const list = container.value['env'];
  if (!Array.isArray(list)) return [];
  const found: Variable[] = [];
  // Every variable of an environment comes by here, several times.
  for (const [index, item] of list.entries()) {
    const name: unknown = isRecord(item) ? item['name'] : undefined;
    if (typeof name !== 'string' || !names.has(name) || isUnset(item as Fields)) continue;
    found.push({ name, path: [...container.path, 'env', index, 'name'], from: 'env' });
  }
  return found;
}

/** Without a value, or with an empty one, programs take it for unset. */
function isUnset({ value, valueFrom }: Fields): boolean {
  return valueFrom === undefined && (value ?? '') === '';
}

function importedVariables(
  objects: RenderedObjects,
  { pod, container }: { readonly pod: PodSource; readonly container: Container },
  names: ReadonlySet<string>,
): Variable[] {
  return itemsOf(container.value['envFrom']).flatMap(({ item, index }) => {
    const prefix = textIn(item, 'prefix') ?? '';
    return (['secretRef', 'configMapRef'] as const).flatMap((field) => {
      const name = textIn(recordAt(item, [field]), 'name');
      if (name === undefined) return [];
      const path = [...container.path, 'envFrom', index, field, 'name'];
      return keysOf(objects, field, { namespace: pod.namespace, name })
        .map((key) => `${prefix}${key}`)
        .filter((variable) => names.has(variable))
        .map((variable): Variable => ({ name: variable, path, from: 'envFrom' }));
    });
  });
}

function keysOf(
  objects: RenderedObjects,
  field: 'secretRef' | 'configMapRef',
  { namespace, name }: { readonly namespace: string; readonly name: string },
): string[] {
  if (field === 'secretRef')
    return objects.secrets.reaching(namespace, name).flatMap(({ keys }) => [...(keys ?? [])]);
  const found = objects.find('', 'ConfigMap', { namespace, name });
  return Object.keys(recordAt(found?.value, ['data']));
}

/** The objects of a list, each with its place; an empty list for what is none. */
export function itemsOf(
  list: unknown,
): { readonly item: Readonly<Record<string, unknown>>; readonly index: number }[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown, index) => (isRecord(item) ? [{ item, index }] : []));
}
