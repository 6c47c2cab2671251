import type { DefectClass } from '../corpus.ts';
import { fromSchema } from './from-schema.ts';

/**
 * Null in Kubernetes' own kinds, which is as if a field were absent, or an item empty: what they need beyond what their
 * schemas require is said by Go functions of the API server.
 */
export const absentFields: DefectClass = {
  ...fromSchema('absent or empty value', /^null-/, ({ kind }) => kind.dialect === 'kubernetes'),
};
