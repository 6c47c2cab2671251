import { describe, expect, test } from 'vitest';
import type { Node, SchemaModel } from '../../lib/model/node.ts';
import { addObjectMetadata } from '../../lib/model/passes/add-object-metadata.ts';
import { followApiServer } from '../../lib/model/passes/follow-api-server.ts';
import { fillDefaultsInConditions } from '../../lib/model/passes/fill-defaults-in-conditions.ts';
import { pruneDefinitions } from '../../lib/model/passes/prune-definitions.ts';
import { OBJECT_META } from '../../lib/sources/upstream-schema.ts';
import { deepFreeze } from './freeze.ts';

const MODEL: SchemaModel = deepFreeze({
  root: {
    type: 'object',
    closed: true,
    required: [],
    properties: {
      metadata: { type: 'any' },
      manifest: {
        type: 'object',
        closed: false,
        required: ['kind'],
        properties: {},
        embeddedResource: true,
      },
      role: { type: 'ref', name: 'io.k8s.api.rbac.v1.RoleRef' },
      lost: { type: 'ref', name: 'Lost', description: 'd' },
    },
  },
  definitions: {
    [OBJECT_META]: { type: 'object', closed: true, required: [], properties: {} },
    'io.k8s.api.rbac.v1.RoleRef': {
      type: 'object',
      closed: true,
      required: ['apiGroup', 'name'],
      properties: { name: { type: 'string' }, apiGroup: { type: 'string' } },
    },
  },
});

describe.each([
  ['addObjectMetadata', addObjectMetadata],
  ['followApiServer', followApiServer],
  ['pruneDefinitions', pruneDefinitions],
])('%s', (_name, pass) => {
  test('changes the model, and nothing more when run again', () => {
    const once = pass(MODEL);
    expect(once).not.toEqual(MODEL);
    expect(pass(deepFreeze(once))).toEqual(once);
  });
});

test('pruneDefinitions keeps what stands beside a reference that leads nowhere', () => {
  expect(pruneDefinitions(MODEL).root).toMatchObject({
    properties: { lost: { type: 'any', description: 'd' } },
  });
});

test('conditions count an absent property with its default', () => {
  const root: Node = {
    type: 'object',
    closed: true,
    required: [],
    properties: { type: { type: 'string', default: 'A' }, value: { type: 'string' } },
    junctors: {
      oneOf: [
        { required: ['type', 'value'], properties: { type: { enum: ['A'] } } },
        { properties: { type: { not: { enum: ['A'] } } } },
        { not: { properties: { type: { const: 'B' }, value: { const: 'A' } } } },
      ],
    },
  };
  const filled = fillDefaultsInConditions(deepFreeze({ root, definitions: {} }));
  expect(filled.root.junctors).toEqual({
    oneOf: [
      { required: ['value'], properties: { type: { enum: ['A'] } } },
      { required: ['type'], properties: { type: { not: { enum: ['A'] } } } },
      { not: { required: ['type'], properties: { type: { const: 'B' }, value: { const: 'A' } } } },
    ],
  });
});
