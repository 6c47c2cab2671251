import type { GkeWorkloadIdentityServiceAccount } from '../../../lib/gen/types/gkeWorkloadIdentity.ts';
import type { IrsaPod, IrsaServiceAccount, IrsaSmokeTestPod } from '../../../lib/gen/types/irsa.ts';
import type {
  IstioGatewayGateway,
  IstioGatewayServer,
} from '../../../lib/gen/types/istioGateway.ts';
import type { ReflectorMirror, ReflectorSource } from '../../../lib/gen/types/reflector.ts';

// Code that uses the generated types as a reader would. The compiler has to accept the first part and to refuse
// every line under a directive; the generated validators have to agree with it.

const name = 'wordpress';
const namespace = 'wordpress';
const roleArn = 'arn:aws:iam::054000737513:role/k8s-main/ExternalSecrets';

const serviceAccount: IrsaServiceAccount = { name, namespace, roleArn };
const full: IrsaServiceAccount = {
  ...serviceAccount,
  audience: 'sts.amazonaws.com',
  stsRegionalEndpoints: true,
  tokenExpiration: 3600,
};
const pod: IrsaPod = { skipContainers: ['sidecar', 'init'], tokenExpiration: 600 };
const smokeTest: IrsaSmokeTestPod = { name, namespace, serviceAccountName: name };
const gke: GkeWorkloadIdentityServiceAccount = { name, namespace, returnPrincipalIdAsEmail: true };
const source: ReflectorSource = {
  reflectionAllowed: true,
  reflectionAllowedNamespaces: ['wordpress-.*'],
};
const mirror: ReflectorMirror = { reflects: 'kube-system/image-pull-secret' };
const server: IstioGatewayServer = {
  portNumber: 443,
  portProtocol: 'HTTPS',
  portName: 'https',
  hosts: ['*.example.com'],
  credentialNames: ['rsa', 'ecdsa'],
};
const gateway: IstioGatewayGateway = {
  name,
  namespace,
  servers: [{ port: { number: 80, protocol: 'HTTP', name: 'http' }, hosts: ['*'] }],
  selector: { istio: 'a' },
};

/** Values that fit their type, by the name of the validator. */
export const accepted: Readonly<Record<string, readonly unknown[]>> = {
  irsa_serviceAccount: [serviceAccount, full],
  irsa_pod: [pod, {} satisfies IrsaPod],
  irsa_smokeTestPod: [smokeTest],
  gkeWorkloadIdentity_serviceAccount: [gke],
  reflector_source: [source],
  reflector_mirror: [mirror],
  istioGateway_server: [server],
  istioGateway_gateway: [gateway],
};

/** Values that do not fit their type, by the name of the validator. */
export const refused: Readonly<Record<string, readonly unknown[]>> = {
  irsa_serviceAccount: [
    // @ts-expect-error roleArn is required
    { name, namespace } satisfies IrsaServiceAccount,
    // @ts-expect-error a misspelt name
    { name, namespace, roleArm: roleArn } satisfies IrsaServiceAccount,
    // @ts-expect-error no such parameter
    { ...serviceAccount, region: 'eu-west-1' } satisfies IrsaServiceAccount,
    // @ts-expect-error a number, not a string
    { ...serviceAccount, tokenExpiration: '3600' } satisfies IrsaServiceAccount,
    // @ts-expect-error a boolean, not a string
    { ...serviceAccount, stsRegionalEndpoints: 'true' } satisfies IrsaServiceAccount,
    // @ts-expect-error null is no string
    { ...serviceAccount, audience: null } satisfies IrsaServiceAccount,
  ],
  irsa_pod: [
    // @ts-expect-error at least one name
    { skipContainers: [] } satisfies IrsaPod,
    // @ts-expect-error an array, not a string
    { skipContainers: 'sidecar' } satisfies IrsaPod,
  ],
  irsa_smokeTestPod: [
    // @ts-expect-error the image is a string
    { ...smokeTest, image: ['amazon/aws-cli'] } satisfies IrsaSmokeTestPod,
  ],
  gkeWorkloadIdentity_serviceAccount: [
    // @ts-expect-error namespace is required
    { name } satisfies GkeWorkloadIdentityServiceAccount,
  ],
  reflector_source: [
    // @ts-expect-error a list of strings
    { reflectionAutoNamespaces: [7] } satisfies ReflectorSource,
  ],
  reflector_mirror: [
    // @ts-expect-error Reflector writes True or False
    { autoReflects: 'true' } satisfies ReflectorMirror,
  ],
  istioGateway_server: [
    // @ts-expect-error one of the TLS versions
    { ...server, minProtocolVersion: 'TLSv1.2' } satisfies IstioGatewayServer,
    // @ts-expect-error one of the protocols
    { ...server, portProtocol: 'UDP' } satisfies IstioGatewayServer,
    // @ts-expect-error at most two
    { ...server, credentialNames: ['a', 'b', 'c'] } satisfies IstioGatewayServer,
  ],
  istioGateway_gateway: [
    // @ts-expect-error label values are strings
    { ...gateway, selector: { istio: 1 } } satisfies IstioGatewayGateway,
    // @ts-expect-error a server has a port and hosts
    { ...gateway, servers: [{}] } satisfies IstioGatewayGateway,
    // @ts-expect-error a server is an object
    { ...gateway, servers: ['http'] } satisfies IstioGatewayGateway,
    // @ts-expect-error at least one server
    { ...gateway, servers: [] } satisfies IstioGatewayGateway,
  ],
};
