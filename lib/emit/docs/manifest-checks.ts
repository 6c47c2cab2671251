import type { FindingCode } from '../../finding/codes.ts';
import { bindingsOf, type Binding } from '../../model/binding.ts';
import type { Encoding, Family, KeyPrefix } from '../../model/family.ts';
import { code, escapeText, table } from './markdown.ts';

/** How a value is written into an annotation or label. */
const WRITTEN: { readonly [encoding in Encoding]: string } = {
  value: '',
  string: 'as a string',
  'go-bool': 'as a string; 1, t, 0 and f are read too',
  'comma-list': 'joined by commas',
  'semicolon-list': 'joined by semicolons',
  csv: 'joined by commas, without spaces',
  json: 'as JSON',
  base64: 'in base64',
};

/**
 * What `tankard validate` checks in every manifest about the annotations and labels of a family.
 *
 * @param bindings those of all families: a key that several declare is read on the kinds of all of them.
 * @returns blocks of Markdown; none when the family has no such keys.
 */
export function manifestChecks(family: Family, bindings: readonly Binding[]): string[] {
  const own = new Set(bindingsOf([family]).map(placeOf));
  const checked = bindings.filter((binding) => own.has(placeOf(binding)));
  if (checked.length === 0) return [];
  const rows = checked.map((binding) => [
    placeOf(binding),
    binding.kinds.join(', '),
    escapeText(mustBe(binding)),
  ]);
  return [
    '## Checked in every manifest',
    '`tankard validate` checks these keys in all that an environment renders, by mixins or not.',
    table(['Key', 'Read on', 'Must be'], rows),
    [
      `Any other value is ${link('annotation/wrong-value')}. A key on another kind of object, or a label where an annotation is read, is ${link('annotation/misplaced')}.`,
      ...family.prefixes.map(prefixSentence),
      ...templateSentences(checked),
    ].join(' '),
  ];
}

function placeOf({ field, key }: Binding): string {
  return `${field === 'annotations' ? 'annotation' : 'label'} ${code(key)}`;
}

function mustBe({ expected, encoding }: Binding): string {
  const written = WRITTEN[encoding];
  return written === '' ? expected : `${expected} (${written})`;
}

function prefixSentence({ prefix, closed }: KeyPrefix): string {
  const severity = closed
    ? 'an error, since all keys under it are known'
    : 'a warning, or an error where a known key is nearly the same';
  return `Any other annotation under ${code(prefix)} is ${link('annotation/unknown-key')}: ${severity}.`;
}

function templateSentences(bindings: readonly Binding[]): string[] {
  const kinds = new Set(bindings.flatMap((binding) => binding.kinds));
  return [
    ...(kinds.has('Pod') ? ['Pod stands for Pods and Pod templates.'] : []),
    ...(kinds.has('Secret')
      ? [
          'Secret stands for Secrets and what Secrets are made from: the templates of a SealedSecret, a Certificate or an ExternalSecret.',
        ]
      : []),
  ];
}

function link(finding: FindingCode): string {
  return `[${code(finding)}](findings.md)`;
}
