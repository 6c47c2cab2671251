import type { Container, PodSource } from '../../rendered/pods.ts';
import type { Rule } from '../rule.ts';
import { itemsOf, nameOf } from './shared/containers.ts';
import { projectedTokens, type ProjectedToken } from './shared/projected-tokens.ts';
import { textIn } from './shared/service-account.ts';

/** The variables that name the file of a token for a cloud, with the audience that the cloud takes. */
const TOKEN_FILES: readonly { readonly variable: string; readonly audience: string }[] = [
  {
    variable: 'AWS_WEB_IDENTITY_TOKEN_FILE',
    audience: 'sts.amazonaws.com (amazonaws.com with kOps)',
  },
  { variable: 'AZURE_FEDERATED_TOKEN_FILE', audience: 'api://AzureADTokenExchange' },
];

/** A token that is projected by hand for a cloud, without an audience: it is then for the API server, and the cloud refuses it. */
export const tokenAudience: Rule = {
  code: 'identity/token-audience',
  *check(objects) {
    for (const pod of objects.pods) {
      const tokens = projectedTokens(pod).filter(({ value }) => (value['audience'] ?? '') === '');
      if (tokens.length === 0) continue;
      for (const { token, variable, audience, container } of usesOf(pod, tokens))
        yield {
          on: pod.manifest,
          path: [...token.path, 'audience'],
          fault: token.value['audience'] === undefined ? 'missing' : 'value',
          message: `the container ${nameOf(container)} gives this token to a cloud (${variable}), and without an audience it is for the API server alone`,
          expected: audience,
          hint: `Set audience: ${audience}.`,
        };
    }
  },
};

interface Use {
  readonly token: ProjectedToken;
  readonly container: Container;
  readonly variable: string;
  readonly audience: string;
}

function usesOf(pod: PodSource, tokens: readonly ProjectedToken[]): Use[] {
  return tokens.flatMap((token) =>
    pod.containers
      .flatMap((container) =>
        TOKEN_FILES.filter(({ variable }) =>
          mountPaths(container, token).includes(fileOf(container, variable) ?? ''),
        ).map((file) => ({ token, container, ...file })),
      )
      .slice(0, 1),
  );
}

function fileOf(container: Container, variable: string): string | undefined {
  const found = itemsOf(container.value['env']).find(({ item }) => item['name'] === variable);
  return found === undefined ? undefined : textIn(found.item, 'value');
}

/** The files at which a container sees a token. */
function mountPaths(container: Container, { volume, value }: ProjectedToken): string[] {
  const file = textIn(value, 'path') ?? '';
  return itemsOf(container.value['volumeMounts']).flatMap(({ item }) => {
    const folder = textIn(item, 'mountPath')?.replace(/\/+$/, '');
    return item['name'] === volume && folder !== undefined ? [`${folder}/${file}`] : [];
  });
}
