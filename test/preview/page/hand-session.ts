import path from 'node:path';
import { parseManifests } from '../../../lib/manifest/parse-manifests.ts';
import type {
  Comparison,
  PreviewEnvironment,
  PreviewEvent,
  PreviewSession,
  Rendering,
  Snapshot,
} from '../../../lib/preview/preview-session.ts';
import { Failure } from '../../../lib/finding/failure.ts';
import { show } from '../../../lib/workflow/show.ts';
import { validate } from '../../../lib/workflow/validate.ts';

export const EMPTY: Rendering = { yaml: Buffer.from(''), manifests: [] };

/** A session whose environments and events a test makes itself. */
export interface HandSession extends PreviewSession {
  /** May be changed: what the session says is made of it. */
  readonly list: PreviewEnvironment[];
  readonly notes: { severity: 'information' | 'error'; message: string }[];
  /** By base; `after` is the last good state where none is given. */
  readonly befores: Map<
    string,
    Omit<Comparison, 'base' | 'after'> & { readonly after?: Rendering }
  >;
  /** The bases that were asked for. */
  readonly asked: string[];
  readonly listeners: Set<(event: PreviewEvent) => void>;
  emit(event: PreviewEvent): void;
}

export function handSession(
  root: string,
  environments: readonly PreviewEnvironment[] = [],
): HandSession {
  const list = [...environments];
  const listeners = new Set<(event: PreviewEvent) => void>();
  const session: HandSession = {
    root,
    kubernetes: '1.34',
    list,
    notes: [],
    befores: new Map(),
    asked: [],
    listeners,
    environments: () => list,
    notices: () => session.notes,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    compare: async (id, base) => {
      session.asked.push(base);
      const after = list.find((one) => one.id === id)?.snapshot;
      if (after === undefined) throw new Failure('usage', `${id} has no good state`);
      const known = session.befores.get(base) ?? { label: 'itself', before: after, changes: [] };
      return Promise.resolve({ base, after, ...known });
    },
    refresh: () => undefined,
    close: () => Promise.resolve(),
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
  };
  return session;
}

/** What tk renders, and what validating finds. */
export async function snapshotOf(cwd: string, environment: string): Promise<Snapshot> {
  const [rendered] = await show({ cwd, environments: [environment] });
  const { environments } = await validate({ cwd, environments: [environment] });
  const yaml = rendered?.yaml ?? Buffer.from('');
  return {
    yaml,
    manifests: parseManifests(yaml.toString('utf8')),
    findings: environments[0]?.findings ?? [],

    accepted: environments[0]?.accepted.length ?? 0,
  };
}

export function environmentOf(id: string, snapshot: Snapshot): PreviewEnvironment {
  return { id, path: path.posix.normalize(id), status: 'current', revision: 1, snapshot };
}

/** A snapshot of YAML, without findings. */
export function snapshotOfYaml(text: string): Snapshot {
  const yaml = Buffer.from(text);
  return { yaml, manifests: parseManifests(text), findings: [], accepted: 0 };
}
