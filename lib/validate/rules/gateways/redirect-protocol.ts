import { serverRule } from './server-rule.ts';

/** A redirect to HTTPS stands on a server that speaks no plain HTTP, where it does nothing. */
export const redirectProtocol = serverRule(
  'gateways/redirect-protocol',
  function* check({ tls, family, protocol, path }) {
    if (tls?.['httpsRedirect'] !== true || family !== 'tls') return;
    yield {
      path: [...path, 'tls', 'httpsRedirect'],
      fault: 'value',
      value: true,
      message: `httpsRedirect on a server of protocol ${protocol} redirects nothing: requests in clear come in on the port with protocol HTTP`,
      expected: 'httpsRedirect on a server of protocol HTTP',
      hint: 'Write a second server on port 80, protocol HTTP, with tls.httpsRedirect alone.',
    };
  },
);
