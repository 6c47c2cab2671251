import { readFileSync } from 'node:fs';
import path from 'node:path';
import pMap from 'p-map';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../lib/disk/package-root.ts';
import type { Validate } from '../../../lib/emit/validator/ajv-error.ts';
import * as generated from '../../../lib/gen/validators.js';
import { definitionValidatorName } from '../../../lib/model/binding.ts';
import type { Definition, Family, Parameter } from '../../../lib/model/family.ts';
import { ownFamilies } from '../families.ts';
import { useEvaluators, valueOf } from './evaluators.ts';

/** Arguments of one function by parameter name, and which parameter is wrong. */
type Arguments = Readonly<Record<string, unknown>>;
interface Group {
  readonly definition: string;
  readonly function: string;
  readonly valid: readonly Arguments[];
  readonly invalid: readonly { readonly args: Arguments; readonly parameter: string }[];
}

const { tanka, plain } = useEvaluators();
const validators: Readonly<Record<string, Validate>> = generated;
const families = await ownFamilies();

function groupsOf(family: Family): Group[] {
  const file = path.join(packageRoot(), 'test/cases', family.name, 'instances.json');
  const groups = JSON.parse(readFileSync(file, 'utf8')) as Group[];
  // Adding to a list or map takes what replacing it takes.
  const mixins = groups
    .map((group) => ({ ...group, function: `${group.function}Mixin` }))
    .filter((group) => functionsOf(family).includes(`${group.definition}.${group.function}`));
  return [...groups, ...mixins];
}

function functionsOf(family: Family): string[] {
  return family.definitions.flatMap((definition) =>
    definition.functions.map((fn) => `${definition.name}.${fn.name}`),
  );
}

function definitionOf(family: Family, name: string): Definition {
  const found = family.definitions.find((definition) => definition.name === name);
  if (found === undefined) throw new Error(`${family.name} has no definition ${name}`);
  return found;
}

function parameterOf(definition: Definition, name: string): Parameter {
  const found = definition.parameters.find((parameter) => parameter.name === name);
  if (found === undefined) throw new Error(`${definition.name} has no parameter ${name}`);
  return found;
}

/** The parameters that the generated validator refuses. In Jsonnet a single value stands for an array of one. */
function refused(family: Family, group: Group, args: Arguments): string[] {
  const definition = definitionOf(family, group.definition);
  const normal = Object.entries(args).map(([name, value]): [string, unknown] => {
    const isArray = parameterOf(definition, name).node.type === 'array';
    return [name, isArray && !Array.isArray(value) ? [value] : value];
  });
  const validate = validators[definitionValidatorName(family.name, group.definition)] as Validate;
  if (validate(Object.fromEntries(normal))) return [];
  // What is missing of the whole definition is none of this function's parameters.
  const inside = (validate.errors ?? []).filter(({ instancePath }) => instancePath !== '');
  return [...new Set(inside.map(({ instancePath }) => instancePath.split('/')[1] ?? ''))];
}

function call(family: Family, group: Group, args: Arguments): string {
  const list = Object.entries(args).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `tankard.${family.name}.${group.definition}.${group.function}(${list.join(', ')})`;
}

function program(...expressions: readonly string[]): string {
  return `local tankard = import 'tankard/main.libsonnet';\n[\n${expressions.join(',\n')}\n]`;
}

const TYPE_NAMES = { string: 'string', number: 'number', boolean: 'boolean', object: 'object' };

function message(family: Family, group: Group, args: Arguments, parameter: string): string {
  const { expected, node } = parameterOf(definitionOf(family, group.definition), parameter);
  const value = args[parameter];
  const owner = `${family.name}.${group.definition}.${group.function}`;
  const got = node.writeOnly === true ? `${typeName(value)} (not shown)` : shown(value);
  return `${owner}: ${parameter} must be ${expected}, got ${got}\n`;
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : TYPE_NAMES[typeof value as keyof typeof TYPE_NAMES];
}

function shown(value: unknown): string {
  if (value === null) return 'null';
  const text = JSON.stringify(value);
  return `${typeName(value)} ${text.length > 120 ? `${text.slice(0, 117)}...` : text}`;
}

describe.each(families.map((family) => [family.name, family] as const))('%s', (_name, family) => {
  const groups = groupsOf(family);

  it('has valid and invalid instances for every function', () => {
    const covered = new Set(groups.map((group) => `${group.definition}.${group.function}`));
    expect(functionsOf(family).filter((name) => !covered.has(name))).toEqual([]);
    for (const group of groups) {
      const hasParameters = Object.keys(group.valid[0] ?? {}).length > 0;
      expect(group.valid.length, group.function).toBeGreaterThan(0);
      expect(group.invalid.length > 0, group.function).toBe(hasParameters);
    }
  });

  it('accepts valid arguments in the validators, under tk and under plain jsonnet', async () => {
    const cases = groups.flatMap((group) => group.valid.map((args) => ({ group, args })));
    for (const { group, args } of cases)
      expect(refused(family, group, args), call(family, group, args)).toEqual([]);
    const text = program(...cases.map(({ group, args }) => call(family, group, args)));
    const values = valueOf(await tanka(text)) as unknown[];
    expect(values).toHaveLength(cases.length);
    expect(valueOf(await plain(text))).toEqual(values);
  });

  it('refuses invalid arguments, naming function, parameter, rule and value', async () => {
    const cases = groups.flatMap((group) => group.invalid.map((one) => ({ group, ...one })));
    for (const { group, args, parameter } of cases)
      expect(refused(family, group, args), call(family, group, args)).toEqual([parameter]);
    const wrong = await pMap(
      cases,
      async ({ group, args, parameter }, index) => {
        const text = call(family, group, args);
        const expected = `RUNTIME ERROR: ${message(family, group, args, parameter)}`;
        // That patterns and conditions mean the same without native functions is tested by themselves
        // (automaton.test.ts, conditions.test.ts); here one wrong value of each parameter has to do.
        const first = cases.findIndex((one) => one.group === group && one.parameter === parameter);
        const evaluators = first === index ? [tanka, plain] : [tanka];
        const said = await Promise.all(evaluators.map((evaluate) => evaluate(program(text))));
        return said
          .map(({ error }) => error ?? 'accepted')
          .filter((error) => !error.replace('Error: evaluating jsonnet: ', '').startsWith(expected))
          .map((error) => ({ text, expected, error }));
      },
      { concurrency: 2 },
    );
    expect(wrong.flat()).toEqual([]);
  }, 300_000);
});

/** The definitions that people use most. */
const MAIN: Readonly<Record<string, readonly string[]>> = {
  irsa: ['serviceAccount', 'pod', 'smokeTestPod', 'trustPolicy', 'oidcProvider', 'policy'],
  eksPodIdentity: ['serviceAccount', 'association', 'trustPolicy'],
  gkeWorkloadIdentity: ['serviceAccount', 'member'],
  azureWorkloadIdentity: ['serviceAccount', 'pod', 'federatedCredential', 'smokeTestPod'],
  kops: ['serviceAccount', 'cluster', 'serviceAccountPermission', 'statement', 'webhookConfig', 'webhookEntry'],
  reflector: ['source', 'mirror', 'namespace'],
  pullSecret: ['secret', 'auth', 'pod', 'workload', 'serviceAccount'],
  tlsSecret: ['secret', 'caSecret'],
  sealedSecret: ['sealedSecret'],
  externalSecret: ['externalSecret', 'data', 'dataFrom', 'secretStore', 'clusterSecretStore'],
  tlsCertificate: ['certificate', 'issuer', 'clusterIssuer', 'solver', 'ingress'],
  istioGateway: ['gateway', 'server'],
  virtualService: ['virtualService', 'httpRoute', 'httpMatch', 'destination', 'tlsRoute'],
  gatewayApi: ['gateway', 'listener', 'httpRoute', 'tlsRoute', 'parentRef', 'rule', 'backendRef', 'match', 'referenceGrant'],
};

it('has at least twelve instances for each main definition', () => {
  const main = Object.entries(MAIN).flatMap(([name, all]) => all.map((one) => `${name}.${one}`));
  const counts = new Map<string, number>();
  for (const family of families)
    for (const group of groupsOf(family)) {
      const name = `${family.name}.${group.definition}`;
      const count = group.valid.length + group.invalid.length;
      counts.set(name, (counts.get(name) ?? 0) + count);
    }
  expect(main.filter((name) => (counts.get(name) ?? 0) < 12)).toEqual([]);
});
