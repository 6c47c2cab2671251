import type { Setter } from '../../../model/library/members.ts';
import { call, identifier, type Expression, type MethodField } from '../tree.ts';
import { argumentAsserts } from './argument-check.ts';
import type { FileScope } from './file-scope.ts';
import type { TypeWriter } from './type-expression.ts';
import type { TypePlace } from './type-place.ts';

/** Where a setter is written. */
export interface SetterContext {
  /** What its messages start with: `deployment.spec`. */
  readonly owner: string;
  /** The properties from the object that its patch is for: `['spec']`. */
  readonly path: readonly string[];
  /** Where the type of the object is. */
  readonly place: TypePlace;
  readonly scope: FileScope;
  readonly writer: TypeWriter;
}

/** `withX` and, for what can be added to, `withXMixin`. */
export function setterMethods(setter: Setter, context: SetterContext): MethodField[] {
  const set = setterMethod(setter.name, setter, { ...context, adds: false });
  if (setter.mixin === undefined) return [set];
  return [set, setterMethod(setter.mixin, setter, { ...context, adds: true })];
}

function setterMethod(
  name: string,
  setter: Setter,
  context: SetterContext & { readonly adds: boolean },
): MethodField {
  const { argument, node, property } = setter;
  const value = identifier(argument);
  return {
    type: 'method',
    name,
    parameters: [{ name: argument }],
    asserts: argumentAsserts(setter, { ...context, owner: `${context.owner}.${name}` }),
    body: patch(context.path, property, {
      adds: context.adds,
      value: node.type === 'array' ? call('check.asArray', value) : value,
    }),
  };
}

/** `{ spec+: { replicas: replicas } }`. */
function patch(
  path: readonly string[],
  property: string,
  { adds, value }: { readonly adds: boolean; readonly value: Expression },
): Expression {
  let inner = objectOf(property, adds, value);
  for (const name of path.toReversed()) inner = objectOf(name, true, inner);
  return inner;
}

function objectOf(name: string, merge: boolean, value: Expression): Expression {
  return { type: 'object', inline: true, fields: [{ type: 'value', name, merge, value }] };
}
