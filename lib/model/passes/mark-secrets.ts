import { mapValues } from '../map-nodes.ts';
import type { Node, ObjectNode } from '../node.ts';

/** Fields of Kubernetes' own definitions whose values are secret, or may well be, though their names do not say so. */
const SECRET_FIELDS: { readonly [definition: string]: readonly string[] } = {
  'io.k8s.api.core.v1.Secret': ['data', 'stringData'],
  'io.k8s.api.core.v1.EnvVar': ['value'],
};

const SECRET_NAME = /password|passphrase|token$|secretkey$|privatekey$|accesskey$|apikey$/i;

/** Marks the strings of a definition that no message may show. */
export function markSecretFields(node: Node, definition: string): Node {
  const named = markSecretNames(node);
  const fields = SECRET_FIELDS[definition];
  if (fields === undefined || named.type !== 'object') return named;
  return {
    ...named,
    properties: mapValues(named.properties, (property, name) =>
      fields.includes(name) ? secret(property) : property,
    ),
  };
}

/** Marks the strings that are secret by the names of their fields, to any depth. */
export function markSecretNames(node: Node): Node {
  switch (node.type) {
    case 'object':
      return { ...node, properties: mapValues(node.properties, markProperty) } satisfies ObjectNode;
    case 'array':
      return { ...node, items: markSecretNames(node.items) };
    case 'map':
      return { ...node, values: markSecretNames(node.values) };
    default:
      return node;
  }
}

function markProperty(node: Node, name: string): Node {
  const isSecret = SECRET_NAME.test(name) || (node.type === 'string' && node.format === 'password');
  return isSecret && node.type === 'string' && node.enum === undefined
    ? secret(node)
    : markSecretNames(node);
}

function secret(node: Node): Node {
  if (node.type === 'map') return { ...node, values: secret(node.values) };
  return node.type === 'string' ? { ...node, writeOnly: true } : node;
}
