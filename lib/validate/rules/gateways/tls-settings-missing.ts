import { serverRule } from './server-rule.ts';

/** A server of protocol HTTPS or TLS has no TLS settings. */
export const tlsSettingsMissing = serverRule(
  'gateways/tls-settings-missing',
  function* check({ family, value, path, protocol }) {
    if (family !== 'tls' || (value['tls'] !== undefined && value['tls'] !== null)) return;
    yield {
      path: [...path, 'tls'],
      fault: 'missing',
      message: `a server of protocol ${protocol} has no tls, and Istio refuses the Gateway`,
      expected: 'tls with a mode',
      hint: 'Write tls with mode: SIMPLE and credentialName, or mode: PASSTHROUGH.',
    };
  },
);
