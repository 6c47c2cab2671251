import type { JSX } from 'preact';
import type { RelationNode } from '../../lib/relations/relation-graph.ts';

/** Lines in a square of 16 pixels. */
const ICONS = {
  box: 'M8 1.8 13.8 5v6L8 14.2 2.2 11V5ZM2.4 5.1 8 8.2l5.6-3.1M8 8.2v5.8',
  stack: 'M8 1.8 14 5 8 8.2 2 5ZM2 8l6 3.2L14 8M2 11l6 3.2 6-3.2',
  person: 'M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2.5 14c.4-3 2.6-4.4 5.5-4.4s5.1 1.4 5.5 4.4Z',
  key: 'M5.2 14a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4ZM7.6 8.4 13.8 2.2M10.6 5.4l2.2 2.2',
  page: 'M3.5 1.8h6l3 3v9.4h-9ZM9.3 1.8v3.2h3.2M5.8 8.2h4.4M5.8 11h4.4',
  door: 'M2.5 14V6.5a5.5 5.5 0 0 1 11 0V14M1.5 14h13M6 14V8.4a2 2 0 0 1 4 0V14',
  route:
    'M2 12.5h3.4c4 0 2.4-9 6.4-9h2M11.4 1.2l2.4 2.3-2.4 2.3M10.4 12.5h3.4M11.4 10.2l2.4 2.3-2.4 2.3',
  hub: 'M8 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM8 5.8V1.8M9.9 9.1l3.5 2.2M6.1 9.1l-3.5 2.2',
  shield:
    'M8 1.6 13.4 3.6v4c0 3.3-2.3 5.6-5.4 6.8-3.1-1.2-5.4-3.5-5.4-6.8v-4ZM5.6 7.9l1.8 1.8 3.2-3.4',
  seal: 'M8 9.8a3.9 3.9 0 1 0 0-7.8 3.9 3.9 0 0 0 0 7.8ZM5.6 9l-1 5L8 12.4 11.4 14l-1-5',
  copy: 'M5.4 5.4h8.4v8.4H5.4ZM10.6 5.2V2.2H2.2v8.4h3',
  gear: 'M8 10.4a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8ZM8 1.6v2M8 12.4v2M1.6 8h2M12.4 8h2M3.5 3.5l1.4 1.4M11.1 11.1l1.4 1.4M12.5 3.5l-1.4 1.4M4.9 11.1l-1.4 1.4',
  badge:
    'M2 3.6h12v8.8H2ZM6 8.2a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM3.8 10.8c.3-1.4 1.1-1.9 2.2-1.9s1.9.5 2.2 1.9M10 6.6h2.4M10 9.2h2.4',
  globe:
    'M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4ZM1.8 8h12.4M8 1.8c4.4 4.2 4.4 8.2 0 12.4-4.4-4.2-4.4-8.2 0-12.4Z',
  question:
    'M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4ZM6 6.3C6.2 4 10 4.100 10 6.400c0 1.500-2 1.500-2 3M8 11.400v.3',
  disk: 'M2.4 4c0-3 11.200-3 11.200 0v8c0 3-11.200 3-11.200 0ZM2.400 4c0 3 11.200 3 11.200 0',
  group: 'M1.800 4.600h9v9h-9ZM5.200 4.400V1.800h9v9h-3',
} as const;

/** Name of an icon. */
export type IconName = keyof typeof ICONS;

const ICON_OF_KIND: Readonly<Record<string, IconName>> = {
  Certificate: 'seal',
  ConfigMap: 'page',
  CronJob: 'box',
  DaemonSet: 'box',
  Deployment: 'box',
  Gateway: 'door',
  GatewayClass: 'door',
  HTTPRoute: 'route',
  Ingress: 'door',
  Job: 'box',
  PersistentVolumeClaim: 'disk',
  Pod: 'box',
  Secret: 'key',
  Service: 'hub',
  ServiceAccount: 'person',
  StatefulSet: 'box',
  VirtualService: 'route',
};

/** @returns the icon of a node: its kind of node first, what the resource is for last */
export function iconOf({ kind, resource }: RelationNode): IconName {
  if (kind !== 'resource')
    return (
      {
        missing: 'question',
        mirror: 'copy',
        made: 'gear',
        identity: 'badge',
        host: 'globe',
      } as const
    )[kind];
  const name = resource?.kind ?? '';
  const known = ICON_OF_KIND[name];
  if (known) return known;
  if (/Role|Policy|Authentication/.test(name)) return 'shield';
  if (/Secret|Issuer/.test(name)) return 'key';
  return name.endsWith('Route') ? 'route' : 'stack';
}

/** An icon in the colour of the text; what it says must be written beside it. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="graph-icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={ICONS[name]} />
    </svg>
  );
}
