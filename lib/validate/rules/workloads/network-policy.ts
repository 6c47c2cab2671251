import type { Rule, RuleFinding } from '../rule.ts';
import { hasForm, isPortOrName } from './support/checks.ts';
import { cidrFault, isPartOf, parseCidr } from './support/cidr.ts';
import { kindRule } from './support/own-pods.ts';
import type { Place } from './support/place.ts';

const PEERS = ['podSelector', 'namespaceSelector', 'ipBlock'];

/**
 * Network policies: peers, ranges of addresses, ports.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/networking/validation, ValidateNetworkPolicySpec.
 */
export const networkPolicy: Rule = kindRule(
  'workloads/network-policy',
  ['networking.k8s.io/NetworkPolicy'],
  function* (object) {
    const spec = object.at('spec');
    for (const [rules, peers] of [
      ['ingress', 'from'],
      ['egress', 'to'],
    ] as const)
      for (const rule of spec.at(rules).items) {
        for (const port of rule.at('ports').items) yield* portFaults(port);
        for (const peer of rule.at(peers).items) yield* peerFaults(peer);
      }
    const types = spec.at('policyTypes');
    if (types.texts.length > 2) yield types.wrong('there are more than two policyTypes');
  },
  { reads: ({ spec }) => [spec['ingress'], spec['egress'], spec['policyTypes']] },
);

function* portFaults(port: Place): Iterable<RuleFinding> {
  const first = port.at('port');
  const last = port.at('endPort');
  yield* isPortOrName(first, 'the port');
  if (!last.isSet) return;
  if (first.number === undefined) yield last.extra('endPort needs a port that is a number');
  else if (last.number !== undefined && last.number < first.number)
    yield last.wrong(`endPort is ${last.number}, and the port ${first.number}`);
  if (last.number !== undefined) yield* isPortOrName(last, 'endPort');
}

function* peerFaults(peer: Place): Iterable<RuleFinding> {
  const present = PEERS.filter((field) => peer.has(field));
  if (present.length === 0) yield peer.wrong(`the peer has none of ${PEERS.join(', ')}`);
  if (present.length > 1 && peer.has('ipBlock'))
    yield peer
      .at('ipBlock')
      .extra(`the peer has ipBlock and ${present[0]}, and may have only one of them`, {
        hint: 'Make it two peers, each with a dash of its own.',
      });
  const block = peer.at('ipBlock');
  const range = block.at('cidr');
  const outer = parseCidr(range.text ?? '');
  yield* hasForm(range, 'range', cidrFault);
  if (range.value === '') yield range.missing('cidr is empty');
  for (const except of block.at('except').texts) {
    yield* hasForm(except, 'range', cidrFault);
    const inner = parseCidr(except.text ?? '');
    if (inner !== undefined && outer !== undefined && !isPartOf(inner, outer))
      yield except.wrong(`the range ${except.text} is no part of ${range.text}`);
  }
}
