import type { Rule, RuleFinding } from '../rule.ts';
import { areUnique, hasForm } from './support/checks.ts';
import { familyOf } from './support/cidr.ts';
import { dnsLabelFault, isPort, subdomainFault } from './support/forms.ts';
import { kindRule } from './support/own-pods.ts';
import type { Place } from './support/place.ts';

/** Endpoints that are written by hand. Source: k8s.io/kubernetes v1.36.3 pkg/apis/discovery/validation. */
export const endpointSlice: Rule = kindRule(
  'workloads/endpoint-slice',
  ['discovery.k8s.io/EndpointSlice'],
  function* (object) {
    const type = object.at('addressType').text ?? '';
    for (const endpoint of object.at('endpoints').items) {
      const addresses = endpoint.at('addresses');
      if (Array.isArray(addresses.value) && addresses.value.length === 0)
        yield addresses.wrong('the endpoint has no address');
      for (const address of addresses.texts) yield* addressFaults(address, type);
      yield* hasForm(endpoint.at('hostname'), 'hostname', dnsLabelFault);
    }
    const ports = object.at('ports').items;
    for (const port of ports) {
      yield* hasForm(port.at('name'), 'port name', dnsLabelFault);
      const number = port.at('port');
      if (number.number !== undefined && !isPort(number.number))
        yield number.wrong('the port must be 1 to 65535');
    }
    const names = ports.map((port) => ({
      key: port.at('name').text ?? '',
      place: port.at('name'),
    }));
    yield* areUnique(names, (name) =>
      name === '' ? 'two ports have no name' : `two ports are named ${name}`,
    );
  },
);

function* addressFaults(address: Place, type: string): Iterable<RuleFinding> {
  const text = address.text ?? '';
  const family = familyOf(text);
  if (type === 'FQDN') {
    if (subdomainFault(text) !== undefined || !text.includes('.'))
      yield address.wrong(`"${text}" is no full domain name`);
  } else if (type === 'IPv4' || type === 'IPv6') {
    if (family !== (type === 'IPv4' ? 4 : 6))
      yield address.wrong(`"${text}" is no ${type} address`);
    else if (/^(?:127\.|169\.254\.|0\.0\.0\.0$|::1?$|fe80:)/i.test(text))
      yield address.wrong(
        `"${text}" is an address of one machine or link, which no endpoint can have`,
      );
  }
}
