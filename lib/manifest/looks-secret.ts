// Names end in what they are: AWS_WEB_IDENTITY_TOKEN_FILE is a path and AWS_ACCESS_KEY_ID is public. There is
// no boundary at the left, for PGPASSWORD and clientSecret.
const NAME =
  '(?:pass(?:words?|wd|phrase)?|pwd|tokens?|secrets?|credentials?|' +
  '(?:api|access|secret|private|signing|encryption|auth|master|license)[_.-]?keys?)[_.-]?\\d*';

const CREDENTIAL_NAME = new RegExp(`${NAME}$`, 'i');

const CREDENTIAL_FLAG = new RegExp(`^--?[\\w.-]*${NAME}$`, 'i');

// What only names a variable: $(NAME) of Kubernetes, $NAME and ${NAME} of a shell, an action of a template.
const VARIABLE = String.raw`\$\(\w+\)|\$\{\w+\}|\$[A-Z_]+\b|\{\{`;

// After `:` a space or a quote must stand, before or behind: an ARN has `secret:` in it.
const ASSIGNMENT = new RegExp(
  `${NAME}(?:["']?=["']?|["']\\s?:\\s?["']?|:\\s["']?|:["'])(?!${VARIABLE})[^\\s"',;&]`,
  'i',
);

const FLAG_AND_VALUE = new RegExp(
  `(?<!\\S)--?[\\w.-]*${NAME}\\s["']?(?!${VARIABLE})[^\\s"'-]`,
  'i',
);

const SECRET_TEXTS: readonly RegExp[] = [
  // user:password@host, as in the URL of a database.
  /:\/\/[^/\s:@]*:[^/\s@]+@/,
  ASSIGNMENT,
  FLAG_AND_VALUE,
  // Of curl.
  /(?<!\S)(?:-u|--user)[ =]["']?[^\s:]+:[^\s]/,
  /authorization["']?:\s?["']?(?:basic|bearer)\s\S/i,
  // An access key of AWS, the lasting and the temporary kind (IAM User Guide, "Unique identifiers").
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  // A private key in PEM (RFC 7468), of OpenSSH or of PGP.
  /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/,
  // A JWT (RFC 7519): its header is a JSON object in base64url, so it starts with `{"`.
  /(?<![\w-])eyJ[\w-]{8,}\.[\w-]*\.[\w-]/,
  // Tokens that carry a mark of who gave them: GitHub, GitLab, Slack.
  /\b(?:gh[pousr]_\w{36}|github_pat_\w{22}|glpat-[\w-]{20}|xox[abeoprs]-[\w-]{10})/,
];

/**
 * Whether a text looks as if a credential stands in it, so that a message must not repeat it: a URL with a
 * password, `--password=x`, `--password x`, `TOKEN=x`, `password: x`, an authorization header, an access key of
 * AWS, a private key in PEM, a JWT. A bare password cannot be told from a word, and `--password=$(VARIABLE)`
 * gives nothing away.
 */
export function looksSecret(text: string): boolean {
  return SECRET_TEXTS.some((pattern) => pattern.test(text));
}

/** Whether what bears this name is a credential, as `DB_PASSWORD`, `PGPASSWORD`, `clientSecret`, `api-key` do. */
export function isCredentialName(name: string): boolean {
  return CREDENTIAL_NAME.test(name);
}

/** Whether the argument of a command is a flag whose value, the next argument, is a credential: `--token`. */
export function isCredentialFlag(argument: string): boolean {
  return CREDENTIAL_FLAG.test(argument);
}
