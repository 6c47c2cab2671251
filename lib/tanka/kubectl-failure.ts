import { Failure } from '../finding/failure.ts';
import { type TkOutput, unexpectedEnd } from './run-tk.ts';

/**
 * Why tk could not do something with a cluster, when its Jsonnet and its arguments are right. The formats are those of Tanka
 * v0.38 and kubectl v1.32 to v1.36.
 *
 * @param output of a run with an exit code that is not 0.
 * @param text tk's own error, without `Error: `.
 * @param purpose what was being done.
 * @returns a Failure of kind `tool` when kubectl cannot be run, or what tk said is not understood; else of kind `cluster`. No
 *   message holds a value of a Secret.
 */
export function kubectlFailure(output: TkOutput, text: string, purpose: string): Failure {
  return toolFailure(text, purpose) ?? clusterFailure(output, text, purpose);
}

function toolFailure(text: string, purpose: string): Failure | undefined {
  if (/exec: "kubectl": executable file not found/.test(text))
    return new Failure('tool', `${purpose}: kubectl is not on PATH`, {
      hint: 'Install kubectl: tk talks to the cluster through it.',
    });
  const started = /finding usable context: ((?:fork\/)?exec [^\n]*)/.exec(text)?.[1];
  if (started !== undefined)
    return new Failure('tool', `${purpose}: kubectl cannot be run: ${started}`, {
      hint: 'Check TANKA_KUBECTL_PATH, which says where tk finds kubectl.',
    });
  return undefined;
}

const CONTEXT = /^connecting to Kubernetes: finding usable context: ([^\n]*)/;
/** Errors of `kubectl` itself end in its exit code. */
const KUBECTL = /(?:^|: )exit status \d+$/;

function clusterFailure(output: TkOutput, text: string, purpose: string): Failure {
  const context = CONTEXT.exec(text)?.[1];
  if (context !== undefined)
    return new Failure('cluster', `${purpose}: ${context.replace(/\. Please .*$/, '')}`, {
      hint: 'Check spec.apiServer or spec.contextNames of spec.json, and your kubeconfig (KUBECONFIG).',
    });
  if (!KUBECTL.test(text) && !text.startsWith('calculating subset: '))
    return unexpectedEnd(purpose, output);
  const said = kubectlWords([output.stderr, ...output.logs].join('\n'));
  const [first = `kubectl failed: ${text}`, ...rest] = said;
  return new Failure('cluster', [`${purpose}: ${first}`, ...rest].join('\n  '), {
    hint: HINTS.find(([pattern]) => pattern.test(said.join('\n')))?.[1] ?? CONNECTION_HINT,
  });
}

const CONNECTION_HINT =
  'Check that the cluster runs, the network, the VPN and the proxy, and your credentials in the kubeconfig.';

const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /no matches for kind/,
    'The cluster does not have the CustomResourceDefinition yet: apply it first.',
  ],
  [
    /\(Forbidden\)|is forbidden/,
    'Comparing reads the objects and applies them in a dry run: it needs the same rights as applying.',
  ],
  [
    /\(NotFound\): namespaces /,
    'The namespace is neither in the cluster nor rendered: make it first, or correct spec.namespace.',
  ],
  [
    /\(Unauthorized\)|must be logged in|provide credentials/,
    'Log in again: the credentials were refused.',
  ],
  [
    /is invalid|\(BadRequest\)|\(Invalid\)|strict decoding/,
    'The cluster would refuse the object when it is applied: `tankard validate` may say where its cause is.',
  ],
];

/** How what kubectl says about an error begins. Anything else may be an object or a patch, with values of Secrets in it. */
const WORDS =
  /^(?:Delete failed: |Error from server|error:|Unable to connect|The connection to the server|The \S+ "[^"]*" is invalid|\* |for: |ensure CRDs|\S+ is forbidden)/;

function kubectlWords(stderr: string): string[] {
  const isSecret = /\bSecret\b/.test(stderr);
  return (
    stderr
      .split('\n')
      .filter((line) => WORDS.test(line))
      // The server quotes whole objects, and texts of any length.
      .map((line) => line.replace(/(Invalid value|Unsupported value): \{.*\}(?=: )/, '$1'))
      .map((line) =>
        isSecret ? line.replace(/(Invalid value|Unsupported value): .*$/, '$1') : line,
      )
      .filter((line) => !line.includes('{"'))
  );
}
