import { PROTOCOLS } from '../../rendered/istio-servers.ts';
import { serverRule } from './server-rule.ts';

/** The protocol of a server is none that Istio knows. */
export const protocolUnknown = serverRule(
  'gateways/protocol-unknown',
  function* check({ port, protocol, family, path }) {
    if (family !== undefined || (protocol === undefined && port['protocol'] !== '')) return;
    yield {
      path: [...path, 'port', 'protocol'],
      fault: 'value',
      value: port['protocol'],
      message: `Istio knows no protocol ${protocol === undefined ? '""' : String(port['protocol'])}, and refuses the Gateway`,
      expected: PROTOCOLS.slice(0, 8).join(', '),
    };
  },
);
