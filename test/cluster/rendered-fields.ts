import { isRecord } from '../../lib/manifest/is-record.ts';

/**
 * Compares an object of a cluster with its render: whatever was rendered has to be there. What the API server adds, such as
 * defaults and status, is passed over; in lists, too, as long as they are of one length.
 *
 * @param rendered values in the form in which the API server keeps them: quantities such as `1500m` as `1500m`, no `stringData`.
 * @returns where they differ, such as `spec.ports[0].port`; never a value. Empty when they do not.
 */
export function differingFields(rendered: unknown, live: unknown, path = ''): string[] {
  if (Array.isArray(rendered)) {
    if (!Array.isArray(live) || live.length !== rendered.length) return [path];
    return rendered.flatMap((item, index) =>
      differingFields(item, live[index], `${path}[${index}]`),
    );
  }
  if (isRecord(rendered)) {
    if (!isRecord(live)) return [path];
    return Object.entries(rendered).flatMap(([key, value]) =>
      differingFields(value, live[key], path === '' ? key : `${path}.${key}`),
    );
  }
  return rendered === live ? [] : [path];
}
