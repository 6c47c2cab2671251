import { Failure } from '../finding/failure.ts';
import type { Finding } from '../finding/finding.ts';
import type { ErrorContext } from './error-context.ts';
import { errorText, parseTkError } from './parse-error.ts';
import { type TkOutput, unexpectedEnd } from './run-tk.ts';
import { specFindings } from './spec-error.ts';
import { usageProblem } from './usage-problem.ts';

/**
 * Why `tk diff` failed. The formats are those of Tanka v0.38 and kubectl v1.32 to v1.36.
 *
 * @param output of a run with an exit code that is not 0.
 * @param purpose what was being done.
 * @param name the inline environment that was asked for, if any.
 */
export async function diffFailure(
  output: TkOutput,
  purpose: string,
  context: ErrorContext,
  name: string | undefined,
): Promise<Failure> {
  const text = errorText(output.stderr) ?? output.logs.join('\n');
  const usage = usageProblem(text, name) ?? specProblem(text);
  if (usage !== undefined)
    return new Failure('usage', `${purpose}: ${usage.message}`, { hint: usage.hint });
  const finding = (parseTkError(output.stderr, context) ??
    (await specFindings(text, context)))?.[0];
  if (finding !== undefined) return doesNotRender(purpose, finding);
  return toolFailure(text, purpose) ?? clusterFailure(output, text, purpose);
}

function specProblem(text: string): { message: string; hint: string } | undefined {
  if (!text.startsWith("your Environment's spec.json seems incomplete")) return undefined;
  if (text.includes('mutually exclusive'))
    return {
      message: 'its spec has both apiServer and contextNames',
      hint: 'Leave one of them in spec.json: tk takes the cluster from it.',
    };
  if (text.includes('Default namespace missing'))
    return {
      message: 'its spec.namespace is empty',
      hint: 'Set spec.namespace in spec.json: tk compares with a cluster only when it is set.',
    };
  return {
    message: 'it names no cluster',
    hint: 'Set spec.apiServer, or spec.contextNames, in spec.json to the cluster that it is applied to.',
  };
}

function doesNotRender(purpose: string, { message, hint }: Finding): Failure {
  return new Failure(
    'usage',
    `${purpose}: it does not render: ${message}`,
    hint === undefined ? {} : { hint },
  );
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
  const said = kubectlWords(output.stderr);
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
    'The cluster does not have the CustomResourceDefinition yet: apply it first, then compare again.',
  ],
  [
    /\(Forbidden\)|is forbidden/,
    'The comparison reads the objects and applies them in a dry run, which needs the same rights as applying.',
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
  /^(?:Error from server|error:|Unable to connect|The connection to the server|The \S+ "[^"]*" is invalid|\* |for: |ensure CRDs|\S+ is forbidden)/;

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
