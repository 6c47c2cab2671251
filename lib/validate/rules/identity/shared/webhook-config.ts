import type { Manifest } from '../../../../manifest/parse-manifests.ts';
import { isRecord } from '../../../../manifest/is-record.ts';
import { recordAt } from '../../../rendered/pods.ts';
import type { RenderedObjects } from '../../../rendered/rendered-objects.ts';

/** The one name under which the pod identity webhook reads a ConfigMap. */
export const WEBHOOK_CONFIG = 'pod-identity-webhook';

/** One entry of the webhook's ConfigMap. */
export interface WebhookEntry {
  readonly manifest: Manifest;
  /** `NAMESPACE/SERVICEACCOUNT`, as it should be. */
  readonly key: string;
  readonly value: unknown;
}

/** The ConfigMaps of the webhook. */
export function webhookConfigs(objects: RenderedObjects): Manifest[] {
  return objects.of('', 'ConfigMap').filter(({ resource }) => resource.name === WEBHOOK_CONFIG);
}

/** The ConfigMaps of the webhook, and those of another name that have entries for it. */
export function anyWebhookConfigs(objects: RenderedObjects): Manifest[] {
  return objects
    .of('', 'ConfigMap')
    .filter((manifest) => manifest.resource.name === WEBHOOK_CONFIG || hasEntries(manifest));
}

function hasEntries(manifest: Manifest): boolean {
  const { config } = recordAt(manifest.value, ['data']);
  // Cheap, since there may be thousands of ConfigMaps.
  if (typeof config !== 'string' || !config.includes('RoleARN')) return false;
  const entries = Object.values(readWebhookConfig(manifest) ?? {});
  return entries.some((entry) => isRecord(entry) && entryField(entry, 'RoleARN') !== undefined);
}

/** The entries of the webhook's ConfigMaps, whatever is in them; none of one that cannot be read. */
export function webhookEntries(objects: RenderedObjects): WebhookEntry[] {
  return webhookConfigs(objects).flatMap((manifest) =>
    Object.entries(readWebhookConfig(manifest) ?? {}).map(([key, value]) => ({
      manifest,
      key,
      value,
    })),
  );
}

/** The JSON text of a ConfigMap, parsed; undefined when there is none that has an object. */
export function readWebhookConfig(manifest: Manifest): Record<string, unknown> | undefined {
  const text = recordAt(manifest.value, ['data'])['config'];
  if (typeof text !== 'string') return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return isRecord(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** What a field of an entry is called in it: Go's encoding/json, which reads it, takes the name in any case. */
export function entryFieldName(
  entry: Readonly<Record<string, unknown>>,
  name: string,
): string | undefined {
  if (Object.hasOwn(entry, name)) return name;
  return Object.keys(entry).find((key) => key.toLowerCase() === name.toLowerCase());
}

/** The value of a field of an entry. */
export function entryField(entry: Readonly<Record<string, unknown>>, name: string): unknown {
  const own = entryFieldName(entry, name);
  return own === undefined ? undefined : entry[own];
}
