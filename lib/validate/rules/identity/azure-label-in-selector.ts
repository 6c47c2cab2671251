import { recordAt } from '../../rendered/pods.ts';
import type { Rule } from '../rule.ts';
import { AZURE_LABEL } from './shared/azure.ts';

const SELECTOR = ['spec', 'selector', 'matchLabels'];

/** The label of Azure's webhook is part of a workload's selector, which can never be changed. */
export const azureLabelInSelector: Rule = {
  code: 'identity/azure-label-in-selector',
  *check(objects) {
    for (const { manifest, path, labels } of objects.pods) {
      // A selector has only labels that the Pods have.
      if (path.length === 0 || !Object.hasOwn(labels, AZURE_LABEL)) continue;
      const selector = recordAt(manifest.value, SELECTOR);
      if (!Object.hasOwn(selector, AZURE_LABEL)) continue;
      yield {
        on: manifest,
        path: [...SELECTOR, AZURE_LABEL],
        fault: 'key',
        message: `${AZURE_LABEL} is part of the selector, which can never be changed: without the label, the ${manifest.resource.kind} has to be deleted and made again`,
        expected: 'a selector of labels that stay, such as app.kubernetes.io/name',
        hint: 'Put the label on the Pod template alone.',
      };
    }
  },
};
