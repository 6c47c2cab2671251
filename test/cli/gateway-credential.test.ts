import { describe, expect, it } from 'vitest';
import { positionIn, projectWith, tankard, tankardJson } from './tankard.ts';

interface Report {
  readonly environments: readonly { readonly findings: readonly Record<string, unknown>[] }[];
}

interface Sarif {
  readonly runs: readonly {
    readonly results: readonly {
      readonly ruleId: string;
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string };
          readonly region: { readonly startLine: number; readonly startColumn: number };
        };
      }[];
    }[];
  }[];
}

/** A Gateway in the namespace of its team, whose workload runs in istio-system, and the Secret beside it. */
function main(annotations: Readonly<Record<string, string>> = {}): string {
  return `{
  gateway: {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: 'shop', namespace: 'shop' },
    spec: {
      selector: { istio: 'ingressgateway' },
      servers: [{
        port: { number: 443, name: 'https', protocol: 'HTTPS' },
        hosts: ['shop.example.com'],
        tls: {
          mode: 'SIMPLE',
          credentialName: 'shop-tls',
        },
      }],
    },
  },
  secret: {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'shop-tls', namespace: 'shop' },
    spec: {
      secretStoreRef: { name: 'store' },
      target: { template: { type: 'kubernetes.io/tls', metadata: { annotations: ${JSON.stringify(annotations)} } } },
      data: [
        { secretKey: 'tls.crt', remoteRef: { key: 'shop/crt' } },
        { secretKey: 'tls.key', remoteRef: { key: 'shop/key' } },
      ],
    },
  },
  store: {
    apiVersion: 'external-secrets.io/v1',
    kind: 'SecretStore',
    metadata: { name: 'store', namespace: 'shop' },
    spec: { provider: { aws: { service: 'SecretsManager', region: 'eu-central-1' } } },
  },
}
`;
}

const REFLECTOR = 'reflector.v1.k8s.emberstack.com/reflection';

describe("a Gateway's credentialName, rendered in the Gateway's own namespace", () => {
  const place = positionIn(main(), "'shop-tls'");

  it('is one error, which names both namespaces, at its line', async () => {
    const cwd = await projectWith(main());
    const { json, exitCode } = await tankardJson<Report>(['validate'], { cwd });
    expect(exitCode).toBe(1);
    const [finding, ...others] = json.environments[0]?.findings ?? [];
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      code: 'gateways/credential-namespace',
      severity: 'error',
      path: ['spec', 'servers', 0, 'tls', 'credentialName'],
      location: { file: 'environments/x/main.jsonnet', ...place, certainty: 'exact' },
    });
    expect(finding?.['message']).toMatch(/ istio-system, .* rendered in shop$/);
  });

  it('stands in SARIF at the line of the Jsonnet', async () => {
    const cwd = await projectWith(main());
    const { stdout } = await tankard(['validate', '--format', 'sarif'], { cwd });
    const [result] = (JSON.parse(stdout) as Sarif).runs[0]?.results ?? [];
    expect(result?.ruleId).toBe('gateways/credential-namespace');
    expect(result?.locations[0]?.physicalLocation).toMatchObject({
      artifactLocation: { uri: 'environments/x/main.jsonnet' },
      region: { startLine: place.line, startColumn: place.column },
    });
  });

  it('is none when Reflector copies it into the namespace of the workload', async () => {
    const namespaces = {
      [`${REFLECTOR}-allowed-namespaces`]: 'istio-.*',
      [`${REFLECTOR}-auto-namespaces`]: 'istio-.*',
    };
    const on = { [`${REFLECTOR}-allowed`]: 'true', [`${REFLECTOR}-auto-enabled`]: 'true' };
    const cwd = await projectWith(main({ ...on, ...namespaces }));
    const { stdout, exitCode } = await tankard(['validate'], { cwd });
    expect(stdout).toBe('1 environment, 3 manifests: 0 errors, 0 warnings\n');
    expect(exitCode).toBe(0);
  });

  it('is one when Reflector copies it elsewhere', async () => {
    const namespaces = {
      [`${REFLECTOR}-allowed-namespaces`]: 'shop-.*',
      [`${REFLECTOR}-auto-namespaces`]: 'shop-.*',
    };
    const on = { [`${REFLECTOR}-allowed`]: 'true', [`${REFLECTOR}-auto-enabled`]: 'true' };
    const cwd = await projectWith(main({ ...on, ...namespaces }));
    const { json } = await tankardJson<Report>(['validate'], { cwd });
    const codes = json.environments[0]?.findings.map(({ code }) => code);
    expect(codes).toEqual(['gateways/credential-namespace']);
  });

  it('is none when tankard.yaml says that the workload runs there', async () => {
    const cwd = await projectWith(main(), {
      'tankard.yaml': 'gateways: [{selector: {istio: ingressgateway}, namespace: shop}]\n',
    });
    expect((await tankard(['validate'], { cwd })).exitCode).toBe(0);
  });
});
