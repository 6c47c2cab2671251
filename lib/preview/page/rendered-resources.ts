import { resourceKey, resourceKeys } from '../../compare/resource-key.ts';
import { Failure } from '../../finding/failure.ts';
import type { Path, ResourceId } from '../../finding/finding.ts';
import { credentialVariables } from '../../manifest/credential-variables.ts';
import type { Manifest } from '../../manifest/parse-manifests.ts';
import { documentsOf, redactDocument } from '../../manifest/redact.ts';
import { secretFields } from '../../manifest/secret-fields.ts';
import type { Rendering } from '../preview-session.ts';

/** A document without anything in it, as before the first `---`. */
const EMPTY = /^(?:---)?\s*$/;

/** What stands in each document with something to hide: the kind of a Secret and the like, or variables of a container. */
const MAY_HIDE = /secret|env/i;

/** A render that was looked into, by its bytes: a render is never changed. */
const KNOWN = new WeakMap<Buffer, RenderedResources>();

/** The resources of one render by their keys, and the text of each. What is costly is done when it is first asked for. */
export class RenderedResources {
  /** The key of each manifest, in their order. */
  readonly keys: readonly string[];
  readonly #rendering: Rendering;
  readonly #places: ReadonlyMap<string, number>;
  #documents: readonly Buffer[] | undefined;

  /** @returns the same for the same bytes. */
  static of(rendering: Rendering): RenderedResources {
    const known = KNOWN.get(rendering.yaml) ?? new RenderedResources(rendering);
    KNOWN.set(rendering.yaml, known);
    return known;
  }

  private constructor(rendering: Rendering) {
    this.#rendering = rendering;
    this.keys = resourceKeys(rendering.manifests.map(({ resource }) => resource));
    this.#places = new Map(this.keys.map((key, index) => [key, index]));
  }

  /** The key of the first resource of an identity; undefined when it is not rendered. */
  keyOf(resource: ResourceId): string | undefined {
    const key = resourceKey(resource);
    return this.#places.has(key) ? key : undefined;
  }

  /** The manifest of a key; undefined when there is none. */
  manifest(key: string): Manifest | undefined {
    const place = this.#places.get(key);
    return place === undefined ? undefined : this.#rendering.manifests[place];
  }

  /**
   * The YAML of one resource as tk printed it, without the `---` before it. Redacted as `redactSecrets` does, and so are
   * credentials in the variables of containers.
   *
   * @returns undefined when there is none.
   * @throws Failure `tool` when the text and the manifests do not fit together.
   */
  async yaml(key: string): Promise<string | undefined> {
    const place = this.#places.get(key);
    const manifest = this.manifest(key);
    if (place === undefined || manifest === undefined) return undefined;
    const document = this.#documentAt(place);
    // Most have nothing to hide, which the manifest says without another parsing of the text; and large ones have no
    // word of it, which is found some times faster than what it would say.
    const isPublic = !MAY_HIDE.test(document.toString('latin1')) || !hasHidden(manifest);
    const shown = isPublic ? document : await redactDocument(document, hiddenFields);
    return shown.toString('utf8').replace(/^---[ \t\r]*\n/, '');
  }

  #documentAt(place: number): Buffer {
    const { yaml, manifests } = this.#rendering;
    this.#documents ??= documentsOf(yaml).filter((document) => !isEmpty(document));
    const document = this.#documents[place];
    // Else one resource would be shown as another, and redacted as that.
    if (document === undefined || this.#documents.length !== manifests.length) throw unexpected();
    return document;
  }
}

function hasHidden({ value }: Manifest): boolean {
  return hiddenFields(value).length > 0;
}

function hiddenFields(value: unknown): Path[] {
  return [...secretFields(value), ...credentialVariables(value)];
}

function isEmpty(document: Buffer): boolean {
  return document.length < 16 && EMPTY.test(document.toString('latin1'));
}

function unexpected(): Failure {
  return new Failure('tool', 'the output of tk has documents that are no Kubernetes objects', {
    hint: '`tk show` of the environment shows what it prints.',
  });
}
