import { describe, expect, it } from 'vitest';
import { ownFamilies } from '../families.ts';
import { useEvaluators, valueOf } from './evaluators.ts';

const { tanka, plain, lint } = useEvaluators();
const families = await ownFamilies();
const IMPORT = "local tankard = import 'tankard/main.libsonnet';\n";

const examples = families.flatMap((family) =>
  family.definitions.flatMap((definition) =>
    definition.examples.map((example) => ({
      name: `${family.name}.${definition.name}`,
      example,
    })),
  ),
);

/** All values of annotations, labels and node selectors in a rendered value. */
function stringMaps(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    ['annotations', 'labels', 'nodeSelector'].includes(key)
      ? Object.values(member as object)
      : stringMaps(member),
  );
}

describe('the generated library', () => {
  const all = `${IMPORT}[\n${examples.map(({ example }) => `(${example})`).join(',\n')}\n]`;

  it('evaluates to the same under tk and under plain jsonnet without native functions', async () => {
    expect(valueOf(await tanka("std.native('regexMatch') != null"))).toBe(true);
    expect(valueOf(await plain("std.native('regexMatch') == null"))).toBe(true);
    const values = valueOf(await tanka(all));
    expect(values).toHaveLength(examples.length);
    expect(valueOf(await plain(all))).toEqual(values);
  });

  it('gives annotation and label values that are strings, whatever the type of the parameter', async () => {
    const values = stringMaps(valueOf(await tanka(all)));
    expect(values).toContain('3600');
    expect(values).toContain('true');
    expect(values.filter((value) => typeof value !== 'string')).toEqual([]);
  });

  it('can be used as a value: functions and documentation are hidden', async () => {
    const { lib } = valueOf(await tanka(`${IMPORT}{ lib: tankard }`)) as { lib: object };
    expect(Object.keys(lib)).toEqual(families.map((family) => family.name));
    expect(JSON.stringify(lib)).not.toContain('help');
  });

  it('has the documentation of every function where docsonnet looks for it', async () => {
    const names = families.flatMap((family) =>
      family.definitions.flatMap((definition) =>
        definition.functions.map((fn) => ({
          text: `tankard.${family.name}.${definition.name}['#${fn.name}']`,
          help: fn.description,
          args: fn.parameters.map((one) => one.parameter.name),
        })),
      ),
    );
    const program = `${IMPORT}[${names.map(({ text }) => text).join(',')}]`;
    const found = valueOf(await plain(program)) as {
      function: { help: string; args: { name: string }[] };
    }[];
    expect(
      found.map((one) => ({
        help: one.function.help,
        args: one.function.args.map((arg) => arg.name),
      })),
    ).toEqual(names.map(({ help, args }) => ({ help, args })));
  });
});

describe('tk lint', () => {
  const arn = "'arn:aws:iam::054000737513:role/k8s-main/ExternalSecrets'";

  it('has no complaint about a right call', async () => {
    const call = `tankard.irsa.serviceAccount.new('a', 'b', ${arn}).metadata.name`;
    expect(await lint(IMPORT + call)).toBe('');
  });

  it('finds a misspelt function', async () => {
    const said = await lint(`${IMPORT}tankard.irsa.serviceAccount.withRoleArm(${arn})`);
    expect(said).toMatch(/:2:\d+-\d+ Indexed object has no field "withRoleArm"/);
  });

  it('finds a missing argument', async () => {
    const said = await lint(`${IMPORT}tankard.irsa.serviceAccount.new('a', 'b')`);
    expect(said).toMatch(/:2:\d+-\d+ Missing argument: roleArn/);
  });
});
