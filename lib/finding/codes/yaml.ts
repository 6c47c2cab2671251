import type { CodeEntry } from './code-entry.ts';

/** The codes of what is wrong with YAML files as such, for `validate --manifests`. */
export const YAML_CODES = {
  'yaml/syntax': {
    severity: 'error',
    title: 'A file or a document is not YAML, or not text in UTF-8.',
  },
  'yaml/duplicate-key': {
    severity: 'error',
    title: 'A key stands twice in one mapping of a YAML document.',
  },
  'yaml/limit': {
    severity: 'error',
    title:
      'A YAML document is larger, or nested or aliased more deeply, than the API server takes.',
  },
  'yaml/not-a-manifest': {
    severity: 'error',
    title: 'A YAML document is no Kubernetes object with apiVersion and kind.',
  },
} as const satisfies Record<string, CodeEntry>;
