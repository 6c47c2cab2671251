import type { Rule } from '../rule.ts';
import { hasForm, isNot } from './support/checks.ts';
import { keyFault } from '../../metadata/name-form.ts';
import { kindRule } from './support/own-pods.ts';

/** Classes of storage. Source: k8s.io/kubernetes v1.36.3 pkg/apis/storage/validation, ValidateStorageClass. */
export const storageClass: Rule = kindRule(
  'workloads/storage-class',
  ['storage.k8s.io/StorageClass'],
  function* (object) {
    const provisioner = object.at('provisioner');
    if (provisioner.value === '') yield provisioner.missing('the provisioner is empty');
    yield* hasForm(provisioner, 'provisioner', (text) => keyFault(text.toLowerCase()));
    yield* isNot(object.at('reclaimPolicy'), ['Recycle'], {
      what: 'reclaimPolicy',
      expected: 'Delete or Retain',
    });
  },
);
