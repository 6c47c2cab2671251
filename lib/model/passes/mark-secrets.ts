import { mapValues } from '../map-nodes.ts';
import type { Node, ObjectNode } from '../node.ts';

/** Fields of Kubernetes' own definitions whose values are secret, or may well be, though their names do not say so. */
const SECRET_FIELDS: { readonly [definition: string]: readonly string[] } = {
  'io.k8s.api.core.v1.Secret': ['data', 'stringData'],
  'io.k8s.api.core.v1.EnvVar': ['value'],
};

/** A name that ends so holds a secret itself; `clientSecretName` and `tokenSecretRef` only name one. */
const SECRET_NAME =
  /(?:password|passphrase|token|secret|secretkey|privatekey|accesskey|apikey|credential)s?$/i;

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
  const isPassword = node.type === 'string' && node.format === 'password';
  return isPassword || SECRET_NAME.test(name) ? secret(node) : markSecretNames(node);
}

/** What holds the secret: the texts in a map or a list too. An object has fields with names of their own. */
function secret(node: Node): Node {
  switch (node.type) {
    case 'map':
      return { ...node, values: secret(node.values) };
    case 'array':
      return { ...node, items: secret(node.items) };
    case 'string':
    case 'int-or-string':
      return node.enum === undefined ? { ...node, writeOnly: true } : node;
    default:
      return markSecretNames(node);
  }
}
