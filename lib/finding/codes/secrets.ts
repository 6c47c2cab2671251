import type { CodeEntry } from './code-entry.ts';

/** The codes of the rules of docs/rules/secrets. */
export const SECRETS_CODES = {
  'secrets/mirror-not-allowed': {
    severity: 'error',
    title: 'Reflector is to make mirrors of an object that does not allow them, so it makes none.',
  },
  'secrets/mirror-list-unused': {
    severity: 'error',
    title:
      'A list of namespaces for Reflector stands without the switch that makes it read the list.',
  },
  'secrets/mirror-outside-allowed': {
    severity: 'error',
    title: 'Reflector is to make mirrors in namespaces that the object does not allow.',
  },
  'secrets/mirror-pattern': {
    severity: 'error',
    title: 'A pattern of namespaces for Reflector is no regular expression, or has a comma in it.',
  },
  'secrets/mirror-alternative': {
    severity: 'error',
    title:
      'An alternative in a pattern for Reflector is never taken, since an earlier one matches its beginning.',
  },
  'secrets/mirror-reaches-nothing': {
    severity: 'warning',
    title: 'A pattern for Reflector matches none of the namespaces that the environment renders.',
  },
  'secrets/mirror-in-own-namespace': {
    severity: 'error',
    title:
      'Reflector is to make mirrors in the namespace of the source alone, where it makes none.',
  },
  'secrets/mirror-everywhere': {
    severity: 'warning',
    title: 'An empty list of namespaces for Reflector, which means every namespace.',
  },
  'secrets/mirror-source-missing': {
    severity: 'warning',
    title: 'A mirror names a source that the environment does not render.',
  },
  'secrets/mirror-source-closed': {
    severity: 'error',
    title:
      'A mirror names a source that does not allow its namespace, so Reflector copies nothing.',
  },
  'secrets/mirror-collision': {
    severity: 'error',
    title: 'A Secret or ConfigMap stands where Reflector is to make a mirror of the same name.',
  },
  'secrets/mirror-immutable': {
    severity: 'error',
    title: 'A mirror is immutable, so Reflector cannot write into it.',
  },
  'secrets/type-keys': {
    severity: 'error',
    title: 'A Secret does not have the keys that its type requires; the API server refuses it.',
  },
  'secrets/unknown-type': {
    severity: 'error',
    title: 'The type of a Secret is nearly one that Kubernetes knows.',
  },
  'secrets/docker-type': {
    severity: 'warning',
    title:
      'A Secret holds the credentials of a registry without the type by which they are read. An error where images are to be pulled with it.',
  },
  'secrets/service-account-token': {
    severity: 'error',
    title:
      'A Secret for the token of a ServiceAccount does not say of which; the API server refuses it.',
  },
  'secrets/bootstrap-token': {
    severity: 'error',
    title: 'A bootstrap token has a name, a namespace or values by which nothing accepts it.',
  },
  'secrets/too-large': {
    severity: 'error',
    title:
      'The values of a Secret or ConfigMap are larger than 1 MiB together; the API server refuses it.',
  },
  'secrets/string-data-wins': {
    severity: 'warning',
    title:
      'A key of a Secret stands in data and in stringData with different values; that in data is dropped.',
  },
  'secrets/data-key': {
    severity: 'error',
    title: 'A key of a Secret or ConfigMap is one that the API server refuses.',
  },
  'secrets/docker-config': {
    severity: 'error',
    title: 'The text of a pull secret is no JSON from which credentials are read.',
  },
  'secrets/docker-auth': {
    severity: 'error',
    title:
      'The credentials of a registry in a pull secret cannot be read, or contradict each other.',
  },
  'secrets/docker-registry': {
    severity: 'error',
    title: 'A registry in a pull secret is written so that no image belongs to it.',
  },
  'secrets/pull-secret-type': {
    severity: 'error',
    title: 'An imagePullSecret is no Secret with the credentials of a registry.',
  },
  'secrets/tls-certificate': {
    severity: 'error',
    title: 'The certificate of a TLS Secret cannot be read.',
  },
  'secrets/tls-key': {
    severity: 'error',
    title: 'The private key of a TLS Secret cannot be read, or is encrypted.',
  },
  'secrets/tls-pair': {
    severity: 'error',
    title: 'The private key of a TLS Secret is not that of its first certificate.',
  },
  'secrets/tls-validity': {
    severity: 'error',
    title: 'The certificate of a TLS Secret has expired, or is not valid yet.',
  },
  'secrets/tls-hosts': {
    severity: 'error',
    title:
      'A host is served with a certificate that is not for it. A warning where only its subdomains are covered.',
  },
  'secrets/sealed-scope': {
    severity: 'error',
    title:
      'The scope of a SealedSecret stands in its template alone, so its values cannot be decrypted.',
  },
  'secrets/sealed-value': {
    severity: 'error',
    title: 'A value of a SealedSecret has not the shape of what kubeseal makes.',
  },
  'secrets/sealed-deprecated-data': {
    severity: 'error',
    title: 'A SealedSecret has spec.data, which is deprecated and excludes spec.encryptedData.',
  },
  'secrets/sealed-template-name': {
    severity: 'error',
    title:
      'The template of a SealedSecret has another name or namespace than the SealedSecret, and it is ignored.',
  },
  'secrets/template-value-missing': {
    severity: 'error',
    title: 'The template of an ExternalSecret or SealedSecret uses a value that there is not.',
  },
  'secrets/external-duration': {
    severity: 'error',
    title: 'An interval of External Secrets is no duration.',
  },
  'secrets/store-missing': {
    severity: 'warning',
    title: 'An ExternalSecret names a store that the environment does not render.',
  },
  'secrets/store-service-account-missing': {
    severity: 'warning',
    title:
      'A store of External Secrets names a ServiceAccount that the environment does not render.',
  },
  'secrets/store-service-account-namespace': {
    severity: 'error',
    title:
      'A store of External Secrets names the namespace of a ServiceAccount wrongly, or not at all.',
  },
  'secrets/two-makers': {
    severity: 'error',
    title: 'Two objects make the same Secret.',
  },
  'secrets/certificate-names': {
    severity: 'error',
    title: 'A Certificate has no name, or one that no certificate can be for.',
  },
  'secrets/certificate-key-size': {
    severity: 'error',
    title: 'A Certificate asks for a private key of a size that its algorithm has not.',
  },
  'secrets/certificate-duration': {
    severity: 'error',
    title: 'The durations of a Certificate cannot be read, or contradict each other.',
  },
  'secrets/certificate-secret-template': {
    severity: 'error',
    title: 'The secretTemplate of a Certificate has annotations that cert-manager reserves.',
  },
  'secrets/issuer-kind': {
    severity: 'error',
    title: 'A Certificate names a kind of issuer that cert-manager does not have.',
  },
  'secrets/issuer-missing': {
    severity: 'warning',
    title:
      'A Certificate, Ingress or Gateway names an issuer that the environment does not render.',
  },
  'secrets/issuer-secret-namespace': {
    severity: 'warning',
    title:
      'The Secret of an issuer is rendered in another namespace than the one where cert-manager reads it.',
  },
  'secrets/wildcard-http01': {
    severity: 'error',
    title: 'A Certificate asks for a wildcard from an issuer that solves HTTP-01 challenges only.',
  },
  'secrets/missing': {
    severity: 'warning',
    title: 'A Secret that is needed is not rendered in the namespace, nor copied there.',
  },
  'secrets/missing-key': {
    severity: 'error',
    title: 'A key that is needed is not in the rendered Secret.',
  },
  'secrets/config-map-missing': {
    severity: 'warning',
    title: 'A ConfigMap that is needed is not rendered in the namespace, nor copied there.',
  },
  'secrets/config-map-missing-key': {
    severity: 'error',
    title: 'A key that is needed is not in the rendered ConfigMap.',
  },
} as const satisfies Record<string, CodeEntry>;
