import type { Path } from '../finding/finding.ts';
import { Failure } from '../finding/failure.ts';
import type { Parameter, Template, TemplateField } from './family.ts';

/** A value and where in a template it goes. */
export interface Placement {
  readonly path: Path;
  readonly value: Template;
  /** Whether the last field is written `+:`. @default false */
  readonly merge?: boolean;
}

/**
 * `into` with a value placed in it; objects and array items on the way are made where absent.
 *
 * @param place names the declaration, definition and function, for messages.
 * @throws Failure `usage` when another value stands there or around it, or for an array item after a gap.
 */
export function placeTemplate(into: Template, placement: Placement, place: string): Template {
  const refuse: Refuse = (reason) => {
    throw new Failure('usage', `${place}: the target ${JSON.stringify(placement.path)} ${reason}`);
  };
  return placeBelow(into, placement, refuse);
}

type Refuse = (reason: string) => never;

function placeBelow(into: Template | undefined, placement: Placement, refuse: Refuse): Template {
  const [head, ...path] = placement.path;
  if (head === undefined)
    return into === undefined ? placement.value : refuse('has a value already');
  const rest = { ...placement, path };
  return typeof head === 'number'
    ? placeItem(into, head, { rest, refuse })
    : placeField(into, head, { rest, refuse });
}

interface Rest {
  readonly rest: Placement;
  readonly refuse: Refuse;
}

function placeField(into: Template | undefined, name: string, { rest, refuse }: Rest): Template {
  if (into !== undefined && into.type !== 'object')
    return refuse(`has the field ${name} in what is no object`);
  const fields = into?.fields ?? [];
  const old = fields.find((field) => field.name === name);
  const value = placeBelow(old?.value, rest, refuse);
  const merge = rest.merge === true && rest.path.length === 0;
  const field: TemplateField = { name, merge, value };
  return { type: 'object', fields: [...fields.filter((one) => one !== old), field] };
}

function placeItem(into: Template | undefined, index: number, { rest, refuse }: Rest): Template {
  if (into !== undefined && into.type !== 'array')
    return refuse(`has the item ${index} of what is no list`);
  const items = into?.items ?? [];
  if (index > items.length)
    return refuse(`has the item ${index} of a list that has none before it`);
  return {
    type: 'array',
    items: items.toSpliced(index, 1, placeBelow(items[index], rest, refuse)),
  };
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

/**
 * The parameter that may be left out, but stands where nothing can be absent. Only a field can: in a list, in a text
 * or on its own, the argument would be null.
 */
export function misplacedOptional(template: Template): Parameter | undefined {
  switch (template.type) {
    case 'constant':
    case 'concat':
      return undefined;
    case 'parameter':
      return template.optional ? template.parameter : undefined;
    case 'json':
    case 'base64':
      return misplacedOptional(template.value);
    case 'array':
      return firstMisplaced(template.items);
    case 'object':
      return firstMisplaced(
        template.fields.map(({ value }) => value).filter(({ type }) => type !== 'parameter'),
      );
    default:
      return template satisfies never;
  }
}

function firstMisplaced(templates: readonly Template[]): Parameter | undefined {
  return templates.map(misplacedOptional).find((parameter) => parameter !== undefined);
}
