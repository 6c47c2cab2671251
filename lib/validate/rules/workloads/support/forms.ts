import { isIP } from 'node:net';

/**
 * The forms that Kubernetes asks of names. Each function gives what is wrong, to stand after the quoted text in a message,
 * or undefined. Source: k8s.io/apimachinery v0.36.3 pkg/util/validation.
 */
type Fault = string | undefined;

const LABEL = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const DNS_LABEL = new RegExp(`^${LABEL}$`);
const SUBDOMAIN = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`);
const QUALIFIED = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** Names of containers, volumes and Service ports. */
export function dnsLabelFault(text: string): Fault {
  if (text.length > 63) return 'is longer than 63 characters';
  if (DNS_LABEL.test(text)) return undefined;
  return 'may have only lower case letters, digits and "-", with a letter or digit at both ends';
}

/** Names of most objects. */
export function subdomainFault(text: string): Fault {
  if (text.length > 253) return 'is longer than 253 characters';
  if (SUBDOMAIN.test(text)) return undefined;
  return 'may have only lower case letters, digits, "-" and ".", with a letter or digit at both ends of each part';
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
  if (text.length > 253) return 'is longer than 253 characters';
  if (!/^[-._a-zA-Z0-9]+$/.test(text)) return 'may have only letters, digits, "-", "_" and "."';
  return text === '.' || text.startsWith('..') ? 'is "." or begins with ".."' : undefined;
}

/** Keys of labels, and all that is written like them: a name, or a domain, a slash and a name. */
export function qualifiedFault(text: string): Fault {
  if (qualified.has(text)) return undefined;
  const fault = findQualifiedFault(text);
  if (fault === undefined && qualified.size < MOST_REMEMBERED) qualified.add(text);
  return fault;
}

/** The same few keys stand on thousands of objects. */
const qualified = new Set<string>();
const MOST_REMEMBERED = 1000;

function findQualifiedFault(text: string): Fault {
  const parts = text.split('/');
  const name = parts.at(-1) ?? '';
  if (parts.length > 2) return 'has more than one slash';
  const prefix = parts.length === 2 ? parts[0] : undefined;
  if (prefix !== undefined && subdomainFault(prefix) !== undefined)
    return 'has something else than a domain before the slash';
  if (name.length > 63) return 'has more than 63 characters in its name';
  if (QUALIFIED.test(name)) return undefined;
  return 'may have only letters, digits, "-", "_" and ".", with a letter or digit at both ends';
}

/** Values of labels. */
export function labelValueFault(text: string): Fault {
  if (text.length > 63) return 'is longer than 63 characters';
  if (text === '' || QUALIFIED.test(text)) return undefined;
  return 'may have only letters, digits, "-", "_" and ".", with a letter or digit at both ends';
}

/** Names that stand in a URL: roles, bindings, metrics. */
export function pathSegmentFault(text: string): Fault {
  if (text === '.' || text === '..') return 'is "." or ".."';
  return /[/%]/.test(text) ? 'has a "/" or "%"' : undefined;
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
