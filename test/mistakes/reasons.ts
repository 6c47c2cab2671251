// Why another line is named than the wrong one.
export const CONCATENATION = 'any part of a text that is put together may be the wrong one';
export const VARIABLE = 'the line is that of the definition from which the value comes';

// What has to be known to find a mistake.
export const ANNOTATIONS_TOGETHER = 'a rule that compares the annotations of one object';
export const API_SERVER = 'what only the code of the API server checks';
export const CERT_MANAGER_CODE = 'a rule on what cert-manager itself refuses';
export const DOTNET_PATTERN = 'the regular expression itself, read as .NET reads it';
export const DURATION = 'the format of a duration in custom resources';
export const ISSUER = 'a rule that looks for the issuer in what is rendered';
export const MIRRORS = 'a rule that compares mirrors with the sources rendered';
export const PULL_SECRET_PLACE =
  'a rule that looks for the pull secret in the namespace of the Pods';
export const SEALED_VALUE = 'a rule that reads the shape of a sealed value';
export const SECRET_CONTENT = 'a rule that reads what a Secret of this type has to hold';
export const SECRET_PLACE = 'a rule that looks for the Secret in the namespace of who reads it';
export const SELECTORS = 'a rule that compares selectors, ports and names across objects';
export const STORE = 'a rule that looks for the store and its ServiceAccount in what is rendered';
