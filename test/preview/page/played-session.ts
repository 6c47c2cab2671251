import { compareManifests } from '../../../lib/compare/compare-manifests.ts';
import { Failure } from '../../../lib/finding/failure.ts';
import type { Finding } from '../../../lib/finding/finding.ts';
import type {
  CompareBase,
  Comparison,
  Notice,
  PreviewEnvironment,
  PreviewEvent,
  PreviewSession,
  Problem,
  Rendering,
  Snapshot,
} from '../../../lib/preview/preview-session.ts';
import { snapshotOfYaml } from './hand-session.ts';

/** One save as a test plays it. */
export interface PlayedSave {
  /** What the environment renders then; as before when it is absent. */
  readonly yaml?: string;
  /** What is wrong then; as before when it is absent. */
  readonly findings?: readonly Finding[];
  /** The environment is broken then. */
  readonly problem?: Problem;
  /** @default 240 */
  readonly durationMs?: number;
}

/** A preview whose saves a test plays: the page and its server cannot tell it from one that runs tk. */
export class PlayedSession implements PreviewSession {
  readonly root = '/srv/shop';
  readonly kubernetes = '1.34';
  /** What the bases that are not the last save render; without one, asking for it fails. */
  readonly bases = new Map<CompareBase, string>();
  readonly #notices: Notice[] = [];
  readonly #environments = new Map<string, PreviewEnvironment>();
  readonly #befores = new Map<string, Rendering>();
  readonly #listeners = new Set<(event: PreviewEvent) => void>();

  /** @param rendered the YAML of each environment by its id; undefined for one that has not rendered yet. */
  constructor(rendered: Readonly<Record<string, string | undefined>>) {
    for (const [id, yaml] of Object.entries(rendered)) {
      const common = { id, path: id, revision: 1 };
      this.#environments.set(
        id,
        yaml === undefined
          ? { ...common, status: 'waiting' }
          : { ...common, status: 'current', snapshot: snapshotOf(yaml, []) },
      );
    }
  }

  environments(): readonly PreviewEnvironment[] {
    return [...this.#environments.values()];
  }

  notices(): readonly Notice[] {
    return this.#notices;
  }

  subscribe(listener: (event: PreviewEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  compare(id: string, base: CompareBase): Promise<Comparison> {
    const after = this.#get(id).snapshot;
    if (after === undefined) throw new Failure('usage', `${id} has no good state`);
    const before = base === 'save' ? (this.#befores.get(id) ?? after) : this.#base(base);
    const changes = compareManifests(before.manifests, after.manifests);
    const labels = { save: 'the last save', head: 'HEAD (12fc616)', cluster: 'the cluster shop' };
    return Promise.resolve({ base, label: labels[base], before, after, changes });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Says that files were saved and are being rendered. */
  startRendering(id: string): void {
    this.#set({ ...this.#get(id), status: 'rendering' });
    this.#tell({ type: 'environment', id });
  }

  /** Says something about the preview itself. */
  notice(notice: Notice): void {
    this.#notices.push(notice);
    this.#tell({ type: 'notice', notice });
  }

  /** Says what a save did to an environment. */
  save(id: string, { yaml, findings, problem, durationMs = 240 }: PlayedSave): void {
    const last = this.#get(id);
    const before = last.snapshot ?? snapshotOf('', []);
    const kept = { environment: id, isFirst: false, files: [`${id}/main.jsonnet`], durationMs };
    if (problem !== undefined) {
      const update = { ...kept, changes: [], found: [], gone: [], problem, isMended: false };
      this.#set({ ...last, status: 'broken', problem, update });
    } else {
      const after = snapshotOf(yaml ?? before.yaml.toString(), findings ?? before.findings);
      this.#befores.set(id, before);
      const update = {
        ...kept,
        changes: compareManifests(before.manifests, after.manifests),
        found: after.findings.filter((one) => !before.findings.includes(one)),
        gone: before.findings.filter((one) => !after.findings.includes(one)),
        isMended: last.status === 'broken',
      };
      const { id: same, path, revision } = last;
      this.#set({ id: same, path, revision, status: 'current', snapshot: after, update });
    }
    const { update } = this.#get(id);
    if (update !== undefined) this.#tell({ type: 'update', update });
  }

  #base(base: CompareBase): Rendering {
    const yaml = this.bases.get(base);
    if (yaml !== undefined) return snapshotOf(yaml, []);
    throw new Failure('cluster', 'the cluster of this environment cannot be reached', {
      hint: 'Check `kubectl cluster-info`.',
    });
  }

  #get(id: string): PreviewEnvironment {
    const environment = this.#environments.get(id);
    if (environment === undefined) throw new Failure('usage', `there is no environment ${id}`);
    return environment;
  }

  #set(environment: PreviewEnvironment): void {
    const revision = environment.revision + 1;
    this.#environments.set(environment.id, { ...environment, revision });
  }

  refresh(): void {
    // Nothing is rendered here.
  }

  #tell(event: PreviewEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

function snapshotOf(text: string, findings: readonly Finding[]): Snapshot {
  return { ...snapshotOfYaml(text), findings };
}
