import type { Rule, RuleFinding } from '../rule.ts';
import { areUnique, hasForm } from './support/checks.ts';
import { subdomainFault } from './support/forms.ts';
import { kindRule } from './support/own-pods.ts';
import type { Place } from './support/place.ts';

/**
 * Definitions of custom kinds: their names and versions. Their schemas are not gone into.
 * Source: k8s.io/apiextensions-apiserver v0.36.3 pkg/apis/apiextensions/validation.
 */
export const customResourceDefinition: Rule = kindRule(
  'workloads/custom-resource-definition',
  ['apiextensions.k8s.io/CustomResourceDefinition'],
  function* (object) {
    const spec = object.at('spec');
    const { plural } = spec.at('names').fields;
    const group = spec.at('group').text;
    const name = object.in('metadata', 'name');
    if (typeof plural === 'string' && group !== undefined && name.text !== `${plural}.${group}`)
      yield name.wrong(`the name must be the plural and the group, ${plural}.${group}`, {
        expected: `${plural}.${group}`,
      });
    yield* hasForm(spec.at('group'), 'group', subdomainFault);
    if (group !== undefined && !group.includes('.'))
      yield spec.at('group').wrong(`the group "${group}" has no dot`);
    yield* nameFaults(spec.at('names'));
    yield* versionFaults(spec.at('versions'));
  },
);

function* nameFaults(names: Place): Iterable<RuleFinding> {
  for (const field of ['plural', 'singular', 'kind', 'listKind']) {
    const name = names.at(field);
    const text = name.text === undefined || name.text === '' ? undefined : name.text;
    if (text === undefined) continue;
    const isKind = field === 'kind' || field === 'listKind';
    if (!/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(isKind ? text.toLowerCase() : text))
      yield name.wrong(
        `the ${field} "${text}" may have only ${isKind ? '' : 'lower case '}letters, digits and "-"`,
      );
  }
  const { kind, listKind } = names.fields;
  if (kind !== undefined && kind === listKind)
    yield names.at('listKind').wrong('kind and listKind are the same');
}

function* versionFaults(versions: Place): Iterable<RuleFinding> {
  const stored = versions.items.filter((version) => version.fields['storage'] === true);
  if (versions.items.length > 0 && stored.length !== 1)
    yield (stored[1]?.at('storage') ?? versions).wrong(
      `${stored.length === 0 ? 'no version has' : 'several versions have'} storage: true, and exactly one must`,
    );
  const names = versions.items.map((version) => ({
    key: version.at('name').text,
    place: version.at('name'),
  }));
  yield* areUnique(names, (name) => `two versions are named ${name}`);
  for (const version of versions.items) {
    const schema = version.in('schema', 'openAPIV3Schema');
    if (!schema.isSet) yield schema.missing('the version has no schema');
    else if (schema.fields['type'] !== 'object')
      yield schema.at('type').isSet
        ? schema.at('type').wrong('the schema of a kind is of the type object')
        : schema
            .at('type')
            .missing('the schema of a kind is of the type object', { expected: 'object' });
  }
}
