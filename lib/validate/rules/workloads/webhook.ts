import type { Rule, RuleFinding } from '../rule.ts';
import { areUnique, hasOne, isBetween, isNot } from './support/checks.ts';
import { isPort, subdomainFault } from './support/forms.ts';
import { selectorFaults } from './support/label-selector.ts';
import { kindRule } from './support/own-pods.ts';
import type { Place } from './support/place.ts';

const GROUP = 'admissionregistration.k8s.io';
const VERSIONS = new Set(['v1', 'v1beta1']);
const LONGEST = 30;

/** Admission webhooks. Source: k8s.io/kubernetes v1.36.3 pkg/apis/admissionregistration/validation. */
export const webhook: Rule = kindRule(
  'workloads/webhook',
  [`${GROUP}/ValidatingWebhookConfiguration`, `${GROUP}/MutatingWebhookConfiguration`],
  function* (object) {
    const hooks = object.at('webhooks').items;
    for (const hook of hooks) yield* hookFaults(hook);
    const names = hooks.map((hook) => ({ key: hook.at('name').text, place: hook.at('name') }));
    yield* areUnique(names, (name) => `two webhooks are named ${name}`);
  },
);

function* hookFaults(hook: Place): Iterable<RuleFinding> {
  const name = hook.at('name');
  const isFull =
    subdomainFault(name.text ?? '') === undefined && (name.text ?? '').split('.').length >= 3;
  if (name.text !== undefined && !isFull)
    yield name.wrong(
      `the name "${name.text}" is no full domain name with three parts, such as pods.shop.example.com`,
    );
  yield* isNot(hook.at('sideEffects'), ['Some', 'Unknown'], {
    what: 'sideEffects',
    expected: 'None or NoneOnDryRun',
  });
  yield* isBetween(hook.at('timeoutSeconds'), 'timeoutSeconds', { from: 1, to: LONGEST });
  const versions = hook.at('admissionReviewVersions');
  const texts = versions.texts.map((version) => version.text ?? '');
  if (Array.isArray(versions.value) && !texts.some((version) => VERSIONS.has(version)))
    yield versions.wrong(
      'admissionReviewVersions has neither v1 nor v1beta1, which API servers know',
    );
  const client = hook.at('clientConfig');
  if (client.isSet) yield* clientFaults(client);
  for (const rule of hook.at('rules').items) yield* ruleFaults(rule);
  for (const field of ['namespaceSelector', 'objectSelector'])
    yield* selectorFaults(hook.at(field));
}

function* clientFaults(client: Place): Iterable<RuleFinding> {
  yield* hasOne(client, ['service', 'url'], { what: 'clientConfig' });
  const url = client.at('url');
  if (url.text !== undefined && !/^https:\/\/[^/@?#]+(?:\/[^@?#]*)?$/.test(url.text))
    yield url.wrong('the url must be https, with a host, and without user, query or fragment');
  const service = client.at('service');
  for (const field of ['name', 'namespace'])
    if (service.at(field).value === '')
      yield service.at(field).missing(`the ${field} of the Service is empty`);
  const port = service.at('port');
  if (port.number !== undefined && !isPort(port.number))
    yield port.wrong('the port must be 1 to 65535');
  const path = service.at('path');
  if (
    path.text !== undefined &&
    path.text !== '' &&
    (!path.text.startsWith('/') || path.text.includes('//'))
  )
    yield path.wrong(`the path "${path.text}" must begin with "/" and have no empty part`);
}

function* ruleFaults(rule: Place): Iterable<RuleFinding> {
  for (const field of ['operations', 'apiGroups', 'apiVersions', 'resources']) {
    const list = rule.at(field);
    const { texts } = list;
    if (texts.length === 0) yield list.missing(`the rule has no ${field}`);
    else if (texts.length > 1 && field !== 'resources' && texts.some((each) => each.text === '*'))
      yield list.wrong(`${field} has "*" and others, and "*" is all of them`);
  }
}
