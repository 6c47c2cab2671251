import type { LibraryObject } from '../../../model/library/library.ts';
import { requiredArguments, type Argument } from '../../../model/library/members.ts';
import type { ObjectNode } from '../../../model/node.ts';
import {
  call,
  identifier,
  join,
  literal,
  type Assert,
  type Expression,
  type MethodField,
  type ValueField,
} from '../tree.ts';
import type { FileScope } from './file-scope.ts';
import { argumentAsserts } from './argument-check.ts';
import { limits, type TypeWriter } from './type-expression.ts';
import type { TypePlace } from './type-place.ts';

/** `new(name)` and `fromObject(object)` of a kind. */
export function resourceConstructors(
  object: LibraryObject,
  scope: FileScope,
  writer: TypeWriter,
): MethodField[] {
  if (object.resource === undefined) return [];
  return [newMethod(object), fromObjectMethod(object, scope, writer)];
}

/**
 * The kinds that tk itself knows to be without a namespace, whatever their group; it does not know newer ones.
 *
 * Source: Tanka v0.38.0, pkg/process/namespace.go.
 */
const CLUSTER_KINDS_OF_TANKA = new Set([
  'APIService',
  'CSIDriver',
  'CSINode',
  'CertificateSigningRequest',
  'ClusterRole',
  'ClusterRoleBinding',
  'ComponentStatus',
  'CustomResourceDefinition',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'NodeMetrics',
  'PersistentVolume',
  'PodSecurityPolicy',
  'PriorityClass',
  'RuntimeClass',
  'SelfSubjectAccessReview',
  'SelfSubjectRulesReview',
  'StorageClass',
  'SubjectAccessReview',
  'TokenReview',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
]);

function newMethod({ field, resource }: LibraryObject): MethodField {
  const name = identifier('name');
  const { apiVersion = '', kind = '', namespaced = true } = resource ?? {};
  const metadata: ValueField[] = [
    { type: 'value', name: 'name', value: name },
    // Else tk writes the namespace of the environment on it.
    ...(namespaced || CLUSTER_KINDS_OF_TANKA.has(kind)
      ? []
      : [annotations({ type: 'value', name: 'tanka.dev/namespaced', value: literal('false') })]),
  ];
  return {
    type: 'method',
    name: 'new',
    parameters: [{ name: 'name' }],
    asserts: [stringAssert(`${field}.new`, name)],
    body: {
      type: 'object',
      fields: [
        { type: 'value', name: 'apiVersion', value: literal(apiVersion) },
        { type: 'value', name: 'kind', value: literal(kind) },
        {
          type: 'value',
          name: 'metadata',
          merge: true,
          value: { type: 'object', fields: metadata, inline: true },
        },
      ],
    },
  };
}

function annotations(field: ValueField): ValueField {
  const value: Expression = { type: 'object', fields: [field], inline: true };
  return { type: 'value', name: 'annotations', merge: true, value };
}

function stringAssert(owner: string, name: Expression): Assert {
  return {
    condition: call('std.isString', name),
    message: join('+', [literal(`${owner}: name must be a string`), call('check.got', name)]),
  };
}

/** A whole object as a literal, checked to its depth. */
function fromObjectMethod(
  { id, field, resource, definition, node }: LibraryObject,
  scope: FileScope,
  { files }: TypeWriter,
): MethodField {
  const file = definition === undefined ? files.ofResource(id, node) : files.ofDefinition(definition);
  const object = identifier('object');
  const type = scope.import(file);
  const { apiVersion = '', kind = '' } = resource ?? {};
  const manifest = limits(scope, 'manifest', literal(apiVersion), literal(kind), type);
  return {
    type: 'method',
    name: 'fromObject',
    parameters: [{ name: 'object' }],
    asserts: [
      { condition: call('check.fits', literal(`${field}.fromObject: object`), manifest, object) },
    ],
    body: object,
  };
}

/** What a constructor of an item is made from. */
interface Item {
  readonly node: ObjectNode;
  /** What messages start with. */
  readonly owner: string;
  readonly place: TypePlace;
}

/** `new(port, hosts)` of an item; none when it can do without anything. */
export function itemConstructor(
  { node, owner, place }: Item,
  scope: FileScope,
  writer: TypeWriter,
): MethodField[] {
  const parameters = requiredArguments(node, writer.api);
  if (parameters.length === 0) return [];
  return [
    {
      type: 'method',
      name: 'new',
      parameters: parameters.map(({ argument }) => ({ name: argument })),
      asserts: parameters.flatMap((one) =>
        argumentAsserts(one, { owner: `${owner}.new`, place, scope, writer, adds: false }),
      ),
      body: { type: 'object', inline: true, fields: parameters.map(itemField) },
    },
  ];
}

function itemField({ argument, node, property }: Argument): ValueField {
  const value = identifier(argument);
  return {
    type: 'value',
    name: property,
    value: node.type === 'array' ? call('check.asArray', value) : value,
  };
}
