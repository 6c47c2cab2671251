import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { load } from 'js-yaml';
import { Failure } from '../finding/failure.ts';

/** Name of the configuration file, in the project root. */
export const CONFIG_FILE = 'tankard.yaml';

/** What `tankard generate` reads and writes; paths relative to the project root. */
export interface GenerateConfig {
  readonly declarations: string;
  readonly jsonnet: string;
  /** Import path of check.libsonnet; absent: `tankard/check.libsonnet`. */
  readonly check?: string;
  readonly typescript?: string;
  readonly reference?: string;
  /** File of the table of annotation keys that `tankard validate` knows. */
  readonly bindings?: string;
  readonly schemas?: readonly string[];
}

/** The configuration of a project: tankard.yaml, with the defaults filled in. */
export interface Config {
  /** Minor version of Kubernetes, such as `1.37`; absent: the newest that is known. */
  readonly kubernetes?: string;
  /** Folder of the environments, relative to the project root; absent: `environments`, which may be missing. */
  readonly environments?: string;
  /** Absolute path of the tk to run. */
  readonly tk?: string;
  /** The program that evaluates in place of Tanka's own interpreter: an absolute path, or a name to look for on `PATH`. */
  readonly evaluator?: string;
  /** Time limit of one run of tk; absent: that of `showEnvironment`. */
  readonly timeoutMs?: number;
  /** Kinds without a schema that are let through, as `apiVersion/kind`. */
  readonly unknownKinds: ReadonlySet<string>;
  /** Imported libraries: name to source, as `parseImportSource` reads it; in the order of the file. */
  readonly imports: ReadonlyMap<string, string>;
  readonly generate?: GenerateConfig;
  /** Where the Pods of gateways run that no environment renders; the first that matches counts. */
  readonly gateways: readonly GatewayConfig[];
  /** Severities other than the rules' own; of those that match a finding the last counts. */
  readonly rules: readonly RuleConfig[];
  readonly preview?: PreviewConfig;
  readonly export?: ExportConfig;
}

/** How the project is exported; schemas/tankard.schema.json says what the keys are and which have defaults. */
export interface ExportConfig {
  /** Folder of the export, relative to the project root. */
  readonly output?: string;
  readonly includeSecrets?: boolean;
  readonly flux?: FluxConfig;
  readonly argocd?: ArgoCdConfig;
}

/** The Kustomizations of Flux. */
export interface FluxConfig {
  readonly path?: string;
  readonly source?: { readonly kind?: string; readonly name?: string; readonly namespace?: string };
  readonly namespace?: string;
  readonly interval?: string;
  readonly retryInterval?: string;
  readonly timeout?: string;
  readonly prune?: boolean;
  readonly wait?: boolean;
}

/** The Applications of Argo CD. */
export interface ArgoCdConfig {
  readonly repoURL?: string;
  readonly path?: string;
  readonly targetRevision?: string;
  readonly project?: string;
  readonly namespace?: string;
  readonly destinations?: readonly {
    readonly environments: readonly string[];
    readonly server?: string;
    readonly name?: string;
  }[];
  readonly syncPolicy?: {
    readonly automated?: { readonly prune?: boolean; readonly selfHeal?: boolean };
    readonly syncOptions?: readonly string[];
  };
}

/** How a preview shows what it renders. */
export interface PreviewConfig {
  /** What the places in the page open: the name of an editor, or a template of URLs; absent: Visual Studio Code. */
  readonly editor?: string;
}

/** A severity for the findings of a rule, in a part of the project. */
export interface RuleConfig {
  /** The code of a rule, or `AREA/*`. */
  readonly rule: string;
  readonly severity: 'off' | 'warning' | 'error';
  /** Paths of environments; `FOLDER/**` for all below a folder. Absent: all. */
  readonly environments?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly kinds?: readonly string[];
}

/** Pods that serve Gateways, by their labels, and the namespace that they run in. */
export interface GatewayConfig {
  readonly selector: Readonly<Record<string, string>>;
  readonly namespace: string;
}

interface ConfigFile {
  readonly gateways?: readonly GatewayConfig[];
  readonly rules?: readonly RuleConfig[];
  readonly kubernetes?: string;
  readonly environments?: string;
  readonly tk?: string;
  readonly evaluator?: string;
  readonly timeoutSeconds?: number;
  readonly unknownKinds?: readonly string[];
  /** null: the key stands there with nothing below it, as after its last line is taken out. */
  readonly imports?: Readonly<Record<string, string>> | null;
  readonly generate?: GenerateConfig;
  readonly preview?: PreviewConfig;
  readonly export?: ExportConfig;
}

/**
 * Reads tankard.yaml; without the file every setting has its default.
 *
 * @param root project root, absolute.
 * @throws Failure `usage` when the file is not YAML, breaks its schema or looks for environments elsewhere.
 */
export async function loadConfig(root: string): Promise<Config> {
  const file = path.join(root, CONFIG_FILE);
  const text = await readIfThere(file);
  const parsed = text === undefined ? {} : await checked(parseYaml(text, file), file);
  const {
    timeoutSeconds,
    unknownKinds = [],
    gateways = [],
    rules = [],
    imports,
    tk,
    evaluator,
    ...rest
  } = parsed;
  if (rest.environments !== undefined) checkInside(root, rest.environments, file);
  return {
    ...rest,
    ...(tk === undefined ? {} : { tk: path.resolve(root, tk) }),
    ...(evaluator === undefined || evaluator === 'go'
      ? {}
      : { evaluator: programOf(root, evaluator) }),
    ...(timeoutSeconds === undefined ? {} : { timeoutMs: timeoutSeconds * 1000 }),
    unknownKinds: new Set(unknownKinds),
    gateways,
    rules,
    imports: new Map(Object.entries(imports ?? {})),
  };
}

/** tk itself looks for no program on `PATH`. */
function programOf(root: string, evaluator: string): string {
  const program = evaluator.slice('binary:'.length);
  return program.includes('/') ? path.resolve(root, program) : program;
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Failure('usage', `cannot read ${file}: ${(cause as Error).message}`, { cause });
  }
}

function parseYaml(text: string, file: string): unknown {
  try {
    // An empty file, one of comments alone, or an empty document sets nothing.
    return text.replaceAll(/^\s*(#.*)?$/gm, '').trim() === '' ? {} : (load(text) ?? {});
  } catch (cause) {
    throw new Failure('usage', `${file} is not YAML: ${(cause as Error).message}`, { cause });
  }
}

async function checked(value: unknown, file: string): Promise<ConfigFile> {
  const { tankard } = await import('../gen/tankard.js');
  if (tankard(value)) return value as ConfigFile;
  const { configProblem } = await import('./config-problem.ts');
  const problems = (tankard.errors ?? []).map((error) => configProblem(error, value));
  throw new Failure('usage', `${file}: ${[...new Set(problems)].join('; ')}`, {
    hint: 'schemas/tankard.schema.json in the tankard package describes every key.',
  });
}

/** tk evaluates environments of its own project only. */
function checkInside(root: string, folder: string, file: string): void {
  const relative = path.relative(root, path.resolve(root, folder));
  const isOutside = relative.split(path.sep)[0] === '..' || path.isAbsolute(relative);
  if (!isOutside) return;
  throw new Failure(
    'usage',
    `${file}: environments must be a folder inside the project, got ${JSON.stringify(folder)}`,
    { hint: `It is relative to the project root ${root}.` },
  );
}
