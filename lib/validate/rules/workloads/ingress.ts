import type { Rule, RuleFinding } from '../rule.ts';
import { hasForm, hasOne } from './support/checks.ts';
import {
  dnsLabelFault,
  hostFault,
  isPort,
  portNameFault,
  subdomainFault,
} from './support/forms.ts';
import { ingressBackends } from './support/ingress-backends.ts';
import { kindRule } from './support/own-pods.ts';
import type { Place } from './support/place.ts';

const FORBIDDEN = ['//', '/./', '/../', '%2f', '%2F'];

/**
 * Rules of an Ingress: hosts, paths and backends.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/networking/validation, ValidateIngressSpec.
 */
export const ingress: Rule = kindRule(
  'workloads/ingress',
  ['networking.k8s.io/Ingress'],
  function* (object) {
    const spec = object.at('spec');
    const rules = spec.at('rules').items;
    if (rules.length === 0 && !spec.has('defaultBackend'))
      yield spec.at('rules').missing('the Ingress has neither rules nor a defaultBackend');
    for (const rule of rules) yield* ruleFaults(rule);
    for (const backend of ingressBackends(object)) yield* backendFaults(backend);
    for (const tls of spec.at('tls').items) {
      for (const host of tls.at('hosts').texts) yield* hasForm(host, 'host', tlsHostFault);
      yield* hasForm(tls.at('secretName'), 'secretName', subdomainFault);
    }
    yield* hasForm(spec.at('ingressClassName'), 'ingressClassName', subdomainFault);
    yield* classFaults(object);
  },
);

/** Hosts of `tls` may be addresses. */
function tlsHostFault(text: string): string | undefined {
  return text.includes('*') ? hostFault(text) : subdomainFault(text);
}

function* classFaults(object: Place): Iterable<RuleFinding> {
  const annotation = object.in('metadata', 'annotations', 'kubernetes.io/ingress.class');
  const name = object.in('spec', 'ingressClassName');
  if (annotation.isSet && name.isSet && annotation.value !== name.value)
    yield annotation.wrong(
      `the annotation says ${String(annotation.value)}, and ingressClassName ${String(name.value)}`,
      { hint: 'Remove the annotation: it is the old form of ingressClassName.' },
    );
}

function* ruleFaults(rule: Place): Iterable<RuleFinding> {
  yield* hasForm(rule.at('host'), 'host', hostFault);
  const paths = rule.in('http', 'paths');
  if (Array.isArray(paths.value) && paths.value.length === 0)
    yield paths.wrong('the list of paths is empty');
  for (const path of paths.items) yield* pathFaults(path);
}

function* pathFaults(entry: Place): Iterable<RuleFinding> {
  const path = entry.at('path');
  const text = path.text ?? '';
  const type = entry.at('pathType').text ?? '';
  const isPlain = type === 'Exact' || type === 'Prefix';
  if (!isPlain && text === '') return;
  if (!text.startsWith('/')) {
    const message = `the path "${text}" does not begin with "/"`;
    yield text === '' ? path.missing(`pathType ${type} needs a path`) : path.wrong(message);
  }
  if (!isPlain) return;
  const part = FORBIDDEN.find((each) => text.includes(each));
  if (part !== undefined) yield path.wrong(`the path "${text}" has "${part}"`);
  else if (/\/\.\.?$/.test(text)) yield path.wrong(`the path "${text}" ends with dots`);
}

function* backendFaults(backend: Place): Iterable<RuleFinding> {
  yield* hasOne(backend, ['service', 'resource'], { what: 'the backend' });
  const service = backend.at('service');
  if (!service.isSet) return;
  yield* hasForm(service.at('name'), 'name of the Service', dnsLabelFault);
  if (service.at('name').value === '')
    yield service.at('name').missing('the name of the Service is empty');
  const name = service.in('port', 'name');
  const number = service.in('port', 'number');
  const hasNumber = number.number !== undefined && number.number !== 0;
  if (!name.isEmpty && hasNumber)
    yield name.extra('the port of the backend has a name and a number');
  else if (name.isEmpty && !hasNumber)
    yield service.at('port').missing('the port of the backend has neither name nor number');
  yield* hasForm(name, 'port name', portNameFault);
  if (hasNumber && !isPort(number.number ?? 0)) yield number.wrong('the port must be 1 to 65535');
}
