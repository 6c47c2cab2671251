import type { Path } from '../../../finding/finding.ts';
import type { Container, PodSource } from '../../rendered/pods.ts';
import type { Rule } from '../rule.ts';
import { isAzurePod } from './shared/azure.ts';
import { itemsOf, nameOf } from './shared/containers.ts';
import { textIn } from './shared/service-account.ts';

/** Where the token was before azure-workload-identity v1.6.0. */
const OLD_FOLDER = '/var/run/secrets/azure/tokens';

/** The path of Azure's token is written out, which another version of the webhook mounts elsewhere. */
export const azureTokenPath: Rule = {
  code: 'identity/azure-token-path',
  *check(objects) {
    for (const pod of objects.pods) {
      if (!isAzurePod(pod)) continue;
      for (const container of pod.containers) {
        if (mountsFolder(container)) continue;
        for (const { path, text } of textsOf(container)) {
          if (!text.includes(OLD_FOLDER)) continue;
          yield {
            on: pod.manifest,
            path,
            fault: 'value',
            message: `the container ${nameOf(container)} reads the token below ${OLD_FOLDER}, where azure-workload-identity v1.6.0 and later mount none`,
            expected: 'the path that the variable AZURE_FEDERATED_TOKEN_FILE has',
            hint: 'Use $(AZURE_FEDERATED_TOKEN_FILE), or leave it to the SDK, which reads the variable.',
          };
        }
      }
    }
  },
};

function mountsFolder(container: Container): boolean {
  return itemsOf(container.value['volumeMounts']).some(
    ({ item }) => textIn(item, 'mountPath')?.startsWith(OLD_FOLDER) === true,
  );
}

function textsOf({ value, path }: PodSource['containers'][number]): { path: Path; text: string }[] {
  const variables = itemsOf(value['env']).flatMap(({ item, index }) => {
    const text = textIn(item, 'value');
    return text === undefined ? [] : [{ path: [...path, 'env', index, 'value'], text }];
  });
  const words = (['command', 'args'] as const).flatMap((field) => {
    const list: unknown = value[field];
    if (!Array.isArray(list)) return [];
    return list.flatMap((text: unknown, index) =>
      typeof text === 'string' ? [{ path: [...path, field, index], text }] : [],
    );
  });
  return [...variables, ...words];
}
