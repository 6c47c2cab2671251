import type { Path } from '../finding/finding.ts';
import type { Template, TemplateField } from './family.ts';

/**
 * `into` with `value` at `path`; objects and array items on the way are made where absent.
 *
 * @param merge whether the last field is written `+:`.
 */
export function placeTemplate(
  into: Template,
  path: Path,
  value: Template,
  merge = false,
): Template {
  const [head, ...rest] = path;
  if (head === undefined) return value;
  if (typeof head === 'number') return placeItem(into, head, rest, value);
  const fields = into.type === 'object' ? into.fields : [];
  const old = fields.find((field) => field.name === head);
  const placed = placeTemplate(old?.value ?? EMPTY, rest, value, merge);
  const field: TemplateField = { name: head, merge: merge && rest.length === 0, value: placed };
  return { type: 'object', fields: [...fields.filter((one) => one !== old), field] };
}

const EMPTY: Template = { type: 'object', fields: [] };

function placeItem(into: Template, index: number, rest: Path, value: Template): Template {
  const items = into.type === 'array' ? [...into.items] : [];
  if (index > items.length) throw new Error(`no array item before index ${index} of a target path`);
  items[index] = placeTemplate(items[index] ?? EMPTY, rest, value);
  return { type: 'array', items };
}

/** The same template as a patch: fields that hold an object or a list are written `+:`, so that they add to what is there. */
export function toPatch(template: Template): Template {
  if (template.type !== 'object') return template;
  return {
    type: 'object',
    fields: template.fields.map((field) => ({
      name: field.name,
      merge: field.merge || field.value.type === 'object' || field.value.type === 'array',
      value: toPatch(field.value),
    })),
  };
}
