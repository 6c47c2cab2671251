import type { Rule, RuleFinding } from '../rule.ts';
import { areUnique, hasForm, hasOne, isNamed } from './support/checks.ts';
import { configKeyFault, subdomainFault, variableFault } from './support/forms.ts';
import { containerRule } from './support/own-pods.ts';
import type { Place } from './support/place.ts';

const SOURCES = ['configMapKeyRef', 'secretKeyRef', 'fieldRef', 'resourceFieldRef', 'fileKeyRef'];

/**
 * Environment variables: their names, and one source for each.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/validation, ValidateEnv, ValidateEnvFrom.
 */
export const env: Rule = containerRule(
  'workloads/env',
  function* ({ place }) {
    const variables = place.at('env').items;
    for (const variable of variables) yield* variableFaults(variable);
    yield* namesTwice(variables);
    for (const source of place.at('envFrom').items) yield* sourceFaults(source);
  },
  {
    about: ['env', 'envFrom'],
    reads: ({ fields }) => [fields['env'], fields['envFrom']],
  },
);

function* variableFaults(variable: Place): Iterable<RuleFinding> {
  const name = variable.at('name');
  if (name.value === '') yield name.wrong('the environment variable has an empty name');
  yield* hasForm(name, 'name of the environment variable', variableFault);
  const from = variable.at('valueFrom');
  if (!from.isSet) return;
  const label = `the environment variable ${name.text ?? ''}`;
  yield* hasOne(from, SOURCES, { what: `valueFrom of ${label}` });
  const { value } = variable.fields;
  if (typeof value === 'string' && value !== '')
    yield variable.at('value').extra(`${label} has a value, and valueFrom too`, {
      hint: 'Keep one of them. `+:` over a library adds valueFrom beside the value that was there.',
    });
  for (const kind of ['configMapKeyRef', 'secretKeyRef']) {
    if (!from.has(kind)) continue;
    yield* isNamed(from.in(kind, 'name'), `name of the ${kind}`, subdomainFault);
    const key = from.in(kind, 'key');
    if (key.value === '') yield key.missing(`the key of the ${kind} is empty`);
    yield* hasForm(key, `key of the ${kind}`, configKeyFault);
  }
}

/** The API server takes it with a warning: the last one counts. */
function* namesTwice(variables: readonly Place[]): Iterable<RuleFinding> {
  const names = variables.map((variable) => variable.at('name'));
  const keyed = names.map((place) => ({ key: place.text || undefined, place }));
  const found = areUnique(
    keyed,
    (name) => `the environment variable ${name} is set twice, and the last one counts`,
  );
  for (const finding of found) yield { ...finding, severity: 'warning' };
}

function* sourceFaults(source: Place): Iterable<RuleFinding> {
  yield* hasForm(source.at('prefix'), 'prefix of environment variables', variableFault);
  yield* hasOne(source, ['configMapRef', 'secretRef'], { what: 'the item of envFrom' });
  for (const kind of ['configMapRef', 'secretRef'])
    if (source.has(kind))
      yield* isNamed(source.in(kind, 'name'), `name of the ${kind}`, subdomainFault);
}
