import type { Json } from '../../lib/model/node.ts';
import type { Upstream } from '../../lib/sources/upstream.ts';
import { validateManifest } from '../../lib/validate/validate-manifest.ts';
import { loadUpstreamValidator } from '../../lib/validate/upstream-validator.ts';
import type { Instance } from './defects.ts';
import type { JudgedKind } from './kinds.ts';

/** An instance, and the kind that it claims to be of. */
export interface Case extends Instance {
  readonly kind: JudgedKind;
}

/** undefined: valid; a text: what is wrong. */
export type Verdict = string | undefined;

/** What `tankard validate` does with one object of a kind: it holds it to the schema, nulls left out. Warnings do not count. */
export async function ajvJudge(
  { kind }: JudgedKind,
  upstream: Upstream,
): Promise<(value: Json) => Verdict> {
  const validate = await loadUpstreamValidator(kind, upstream);
  const resource = { apiVersion: kind.apiVersion, kind: kind.kind, name: 'judged' };
  return (value) => {
    const manifest = { index: 0, resource, value: value as { readonly [key: string]: unknown } };
    const errors = validateManifest(manifest, kind, validate).filter(
      ({ severity }) => severity === 'error',
    );
    if (errors.length === 0) return undefined;
    return errors.map(({ path = [], message }) => `${path.join('.')}: ${message}`).join('; ');
  };
}
