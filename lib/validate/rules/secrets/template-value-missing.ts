import type { Manifest } from '../../../manifest/parse-manifests.ts';
import type { Path } from '../../../finding/finding.ts';
import { recordAt } from '../../rendered/pods.ts';
import { itemsAt, textAt } from '../../rendered/values-at.ts';
import { valueAt } from '../../../manifest/secret-fields.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/** A template of an ExternalSecret or SealedSecret that uses a value which there is not. */
export const templateValueMissing: Rule = {
  code: 'secrets/template-value-missing',
  *check(objects) {
    for (const on of objects.of('external-secrets.io', 'ExternalSecret'))
      yield* problems(on, ['spec', 'target', 'template', 'data'], externalNames(on.value));
    for (const on of objects.of('bitnami.com', 'SealedSecret'))
      yield* problems(on, ['spec', 'template', 'data'], sealedNames(on.value));
  },
};

function* problems(
  on: Manifest,
  path: Path,
  names: ReadonlySet<string> | undefined,
): Iterable<RuleFinding> {
  if (names === undefined) return;
  for (const [key, text] of Object.entries(recordAt(on.value, path))) {
    const missing =
      typeof text === 'string' ? namesIn(text).find((name) => !names.has(name)) : undefined;
    if (missing === undefined) continue;
    yield {
      on,
      path: [...path, key],
      fault: 'value',
      message: `the template of ${key} uses .${missing}, and the values are ${[...names].join(', ')}`,
      expected: `one of ${[...names].join(', ')}`,
      hint: 'Use the name of a value: secretKey of an ExternalSecret, the key in encryptedData of a SealedSecret.',
    };
  }
}

const KEY = /^[-._a-zA-Z0-9]+$/;

/** Undefined when the store says which there are. */
function externalNames(value: unknown): ReadonlySet<string> | undefined {
  const template = ['spec', 'target', 'template'];
  const isMerged = ['Merge', 'CreateOrMerge'].includes(
    String(valueAt(value, ['spec', 'target', 'creationPolicy'])),
  );
  const isOld = valueAt(value, [...template, 'engineVersion']) === 'v1';
  if (valueAt(value, ['spec', 'dataFrom']) !== undefined || isMerged || isOld) return undefined;
  const names = itemsAt(value, ['spec', 'data']).map((item) => textAt(item.value, ['secretKey']));
  // A key that is missing or refused is the schema's finding.
  return names.every((name) => name !== undefined && KEY.test(name))
    ? new Set(names.filter((name) => name !== undefined))
    : undefined;
}

function sealedNames(value: unknown): ReadonlySet<string> | undefined {
  const names = Object.keys(recordAt(value, ['spec', 'encryptedData']));
  return names.length === 0 ? undefined : new Set(names);
}

/** Where the dot is something else than the values, or what is missing is allowed for. */
const SCOPED =
  /\{\{-?\s*(?:range|with|define|block|template|if|else)\b|\bhasKey\b|\bdefault\b|\bget\b|\bdig\b/;

/** The values that a template of Go uses by name, as `.name` or `index . "name"`. */
function namesIn(text: string): string[] {
  if (SCOPED.test(text)) return [];
  return Array.from(text.matchAll(/\{\{(.*?)\}\}/gs), ([, action = '']) => action).flatMap(
    (action) => [
      ...Array.from(
        unquoted(action).matchAll(/(?<=^|[\s(])\.([A-Za-z_]\w*)/g),
        ([, name = '']) => name,
      ),
      ...Array.from(action.matchAll(/\bindex\s+\.\s+"([^"]*)"/g), ([, name = '']) => name),
    ],
  );
}

function unquoted(action: string): string {
  return action.replaceAll(/"(?:[^"\\]|\\.)*"|`[^`]*`/g, '""');
}
