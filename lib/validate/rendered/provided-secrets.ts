import type { Path } from '../../finding/finding.ts';
import type { Manifest } from '../../manifest/parse-manifests.ts';
import { oncePer } from './once-per.ts';
import { isMirroredTo, readReflection } from './reflection.ts';
import { SECRET_MAKERS } from './secret-makers.ts';

/** A Secret that will be in the cluster: rendered, or made by a controller from what is rendered. */
export interface ProvidedSecret {
  /** The empty string when the object names none. */
  readonly namespace: string;
  readonly name: string;
  /** The Secret, SealedSecret, ExternalSecret or Certificate; an Ingress or Gateway that cert-manager makes one for. */
  readonly by: Manifest;
  /** Undefined when the object does not say it. */
  readonly type: string | undefined;
  /** The keys of its data; undefined when the object does not name them all. */
  readonly keys: ReadonlySet<string> | undefined;
  /** The annotations that the Secret itself will have. */
  readonly annotations: Readonly<Record<string, unknown>>;
  /** Where those stand in `by`. */
  readonly annotationsPath: Path;
  /** Set where labels of namespaces decide in which of them it is made. */
  readonly isEverywhere?: true;
}

/** What finds the objects of a kind; `RenderedObjects` does. */
export interface ObjectsOfKind {
  of(group: string, kind: string): readonly Manifest[];
}

/** Secrets by namespace and name, copies that Reflector makes included. */
export class ProvidedSecrets {
  readonly all: readonly ProvidedSecret[];
  readonly #byName = new Map<string, ProvidedSecret[]>();

  constructor(objects: ObjectsOfKind) {
    this.all = SECRET_MAKERS.flatMap(({ group, kind, make }) =>
      objects.of(group, kind).flatMap(make),
    );
    for (const secret of this.all) {
      const same = this.#byName.get(secret.name);
      if (same === undefined) this.#byName.set(secret.name, [secret]);
      else same.push(secret);
    }
  }

  /** Those of that name, in any namespace. */
  named(name: string): readonly ProvidedSecret[] {
    return this.#byName.get(name) ?? [];
  }

  /** Those that are made in the namespace itself. */
  at(namespace: string, name: string): readonly ProvidedSecret[] {
    return this.named(name).filter(
      (secret) => secret.namespace === namespace || secret.isEverywhere,
    );
  }

  /** Those from which the Secret of that name in that namespace comes: made there, or copied there by Reflector. */
  reaching(namespace: string, name: string): readonly ProvidedSecret[] {
    return this.named(name).filter(
      (secret) =>
        secret.namespace === namespace || secret.isEverywhere || isMirrored(secret, namespace),
    );
  }
}

const reflectionOf = oncePer((secret: ProvidedSecret) => readReflection(secret.annotations));

function isMirrored(secret: ProvidedSecret, namespace: string): boolean {
  return isMirroredTo(reflectionOf(secret), { own: secret.namespace, namespace });
}
