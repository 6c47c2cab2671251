import { isIP } from 'node:net';

const LABEL = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/;
const LONGEST_LABEL = 63;
const LONGEST_NAME = 255;

/** Whether a text is a label of a DNS name as Istio reads it, in which capitals are allowed. */
export function isLabel(text: string): boolean {
  return text.length <= LONGEST_LABEL && LABEL.test(text);
}

/** Labels of at most 63 lower-case letters, digits and dashes, of which the last one begins with a letter. */
const PLAIN_NAME =
  /^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?\.)*[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/** Whether a text is a DNS name as nearly all are: no wildcard, no address, and nothing wrong with it. */
export function isPlainName(text: string): boolean {
  return text.length <= LONGEST_NAME && PLAIN_NAME.test(text);
}

/**
 * What is wrong with a DNS name that may begin with a wildcard.
 * Source: istio/istio, pkg/config/validation/agent, ValidateWildcardDomain.
 *
 * @returns words that follow the name; undefined when nothing is.
 */
export function domainProblem(domain: string): string | undefined {
  if (isPlainName(domain)) return undefined;
  if (domain === '') return 'is empty';
  if (domain.length > LONGEST_NAME) return `has more than ${LONGEST_NAME} characters`;
  const [first = '', ...rest] = domain.split('.');
  if (first !== '*' && !isLabel(first.replace(/^\*-/, ''))) return `has the label "${first}"`;
  const last = rest.at(-1);
  if (last !== undefined && /^[+-]?\d+$/.test(last)) return 'ends in a number';
  const labels = last === '' ? rest.slice(0, -1) : rest;
  const wrong = labels.find((label) => !isLabel(label));
  return wrong === undefined ? undefined : `has the label "${wrong}"`;
}

/**
 * What is wrong with the DNS part of a host of a Gateway's server.
 * Source: istio/istio, pkg/config/validation/agent, validateSidecarOrGatewayHostnamePart.
 *
 * @returns words that follow the name; undefined when nothing is.
 */
export function gatewayHostProblem(host: string): string | undefined {
  if (isPlainName(host)) return host.includes('.') ? undefined : 'has no dot';
  if (isIP(host) !== 0) return host.includes('.') ? undefined : 'is an IPv6 address';
  const problem = domainProblem(host);
  if (problem !== undefined) return problem;
  if (host === '*') return undefined;
  if (!host.includes('.')) return 'has no dot';
  return host.includes('*') && !host.startsWith('*.') ? 'has a wildcard in a label' : undefined;
}

/** Whether two hosts, either with a wildcard, have a name in common. Source: istio/istio, pkg/config/host, Matches. */
export function hostsOverlap(one: string, other: string): boolean {
  return isHostWithin(one, other) || isHostWithin(other, one);
}

/** Whether a host is covered by another one. Source: istio/istio, pkg/config/host, SubsetOf. */
export function isHostWithin(host: string, other: string): boolean {
  if (!other.startsWith('*')) return host === other;
  return (host.startsWith('*') ? host.slice(1) : host).endsWith(other.slice(1));
}
