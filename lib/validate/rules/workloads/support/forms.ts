import { isIP } from 'node:net';
import {
  CONFIG_KEY,
  DNS_LABEL,
  faultOf,
  LABEL_VALUE,
  PATH_SEGMENT,
  SUBDOMAIN,
} from '../../../metadata/name-form.ts';

/** What is wrong, to stand after the quoted text in a message; undefined when nothing is. */
type Fault = string | undefined;

/** Names of containers, volumes and Service ports. */
export function dnsLabelFault(text: string): Fault {
  return faultOf(text, DNS_LABEL);
}

/** Names of most objects. */
export function subdomainFault(text: string): Fault {
  return faultOf(text, SUBDOMAIN);
}

/** Host names, a wildcard included. */
export function hostFault(text: string): Fault {
  if (isIP(text) !== 0) return 'is an IP address, not a host name';
  if (!text.includes('*')) return subdomainFault(text);
  if (text.startsWith('*.') && subdomainFault(text.slice(2)) === undefined) return undefined;
  return 'may have "*" only as its whole first part, such as *.example.com';
}

/** Names of container ports, which IANA_SVC_NAME means. */
export function portNameFault(text: string): Fault {
  if (text.length > 15) return 'is longer than 15 characters';
  if (!/^[-a-z0-9]+$/.test(text)) return 'may have only lower case letters, digits and "-"';
  if (!/[a-z]/.test(text)) return 'has no letter';
  if (text.includes('--')) return 'has two hyphens in a row';
  return text.startsWith('-') || text.endsWith('-') ? 'begins or ends with a hyphen' : undefined;
}

/** Names of environment variables: printable ASCII without "=". */
export function variableFault(text: string): Fault {
  return /^[\x20-\x3c\x3e-\x7e]+$/.test(text)
    ? undefined
    : 'may have only printable ASCII characters, and no "="';
}

/** Keys of ConfigMaps and Secrets. */
export function configKeyFault(text: string): Fault {
  return faultOf(text, CONFIG_KEY);
}

/** Values of labels. */
export function labelValueFault(text: string): Fault {
  return faultOf(text, LABEL_VALUE);
}

/** Names that stand in a URL: roles, bindings, metrics. */
export function pathSegmentFault(text: string): Fault {
  return faultOf(text, PATH_SEGMENT);
}

/** Whether a number can be a port. */
export function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}

/** Relative paths that stay inside their folder. */
export function descendingFault(path: string): Fault {
  if (path.startsWith('/')) return 'is not relative';
  return path.split('/').includes('..') ? 'has ".."' : undefined;
}
