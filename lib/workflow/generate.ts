import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { loadConfig, type Config, type GenerateConfig } from '../config/load-config.ts';
import { emitBindings } from '../emit/bindings/emit-bindings.ts';
import { emitReference } from '../emit/docs/emit-reference.ts';
import type { OutputFile } from '../emit/file.ts';
import { emitJsonnet } from '../emit/jsonnet/emit-families.ts';
import { emitTypes } from '../emit/typescript/emit-types.ts';
import {
  emitAnnotationValidators,
  emitFamilyValidators,
  emitSchemaValidator,
  type SchemaFile,
} from '../emit/validator/emit-own-validators.ts';
import { Failure } from '../finding/failure.ts';
import type { Family } from '../model/family.ts';
import type { JsonSchema } from '../model/json-schema.ts';
import { loadFamilies } from '../model/load-families.ts';
import { lowerSchema } from '../model/lower.ts';
import { compareFiles, writeFiles, type FileChange } from '../output/write-files.ts';
import { ensureTool } from '../tools/ensure-tool.ts';
import { evaluateReference, type Library } from './evaluate-reference.ts';
import { running, type ProjectOptions } from './project.ts';

/** Where `jb` links Tankard's library. */
const DEFAULT_CHECK = 'tankard/check.libsonnet';

/** What generating did, or with `check` would do. */
export interface GenerateResult {
  /** How many files are generated in all. */
  readonly files: number;
  readonly changes: readonly FileChange[];
}

/** What `generate` may be told. */
interface GenerateOptions extends Pick<ProjectOptions, 'onProgress' | 'signal'> {
  /** Project root, absolute. */
  readonly root: string;
  /** Compare only, write nothing. @default false */
  readonly check?: boolean;
}

/**
 * Generates what tankard.yaml asks for under `generate`, from the declarations. tk runs for the reference alone.
 *
 * @throws Failure `usage` when the project declares nothing to generate, or a declaration is wrong; for the reference
 *   as `ensureTool` and `evaluateReference` too.
 */
export async function generate(options: GenerateOptions): Promise<GenerateResult> {
  const { root, check = false } = options;
  const config = await loadConfig(root);
  if (config.generate === undefined)
    throw new Failure('usage', `tankard.yaml in ${root} does not say what to generate`, {
      hint: 'Add generate.declarations and generate.jsonnet; schemas/tankard.schema.json describes them.',
    });
  const files = await emitAll({ ...options, config, wanted: config.generate });
  const { jsonnet, typescript, reference } = config.generate;
  const directories = [jsonnet, typescript, reference].filter(
    (directory) => directory !== undefined,
  );
  const run = check ? compareFiles : writeFiles;
  return { files: files.length, changes: await run(files, root, directories) };
}

interface Job extends GenerateOptions {
  readonly config: Config;
  readonly wanted: GenerateConfig;
}

async function emitAll(job: Job): Promise<OutputFile[]> {
  const { root, wanted } = job;
  const families = await loadFamilies(path.join(root, wanted.declarations), root);
  const check = wanted.check ?? DEFAULT_CHECK;
  const library = emitJsonnet(families, { directory: wanted.jsonnet, check });
  // tk works while this process does.
  const files = await Promise.all([
    emitPages(families, { library, directory: wanted.jsonnet, check }, job),
    emitTypeScript(families, wanted, root),
  ]);
  const bindings = wanted.bindings === undefined ? [] : [emitBindings(families, wanted.bindings)];
  return [...library, ...bindings, ...files.flat()];
}

async function emitPages(
  families: readonly Family[],
  library: Library,
  { config, wanted, ...options }: Job,
): Promise<OutputFile[]> {
  if (wanted.reference === undefined) return [];
  const configured = config.tk === undefined ? {} : { configured: config.tk };
  const tk = await ensureTool('tk', { ...configured, ...running(options) });
  const results = await evaluateReference(families, library, {
    tk,
    ...(config.timeoutMs === undefined ? {} : { timeoutMs: config.timeoutMs }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  return emitReference(families, {
    directory: wanted.reference,
    results,
    // The table of keys is that of tankard validate; other declarations are not in it.
    checksManifests: wanted.bindings !== undefined,
  });
}

async function emitTypeScript(
  families: readonly Family[],
  { typescript, bindings, schemas = [] }: GenerateConfig,
  root: string,
): Promise<OutputFile[]> {
  if (typescript === undefined) return [];
  const read = await Promise.all(schemas.map((file) => readSchema(file, root)));
  return [
    ...(await emitTypes(families, `${typescript}/types`)),
    ...emitFamilyValidators(families, typescript),
    ...(bindings === undefined ? [] : emitAnnotationValidators(families, typescript)),
    ...read.flatMap((schema) => emitSchemaValidator(schema, typescript)),
  ];
}

async function readSchema(file: string, root: string): Promise<SchemaFile> {
  try {
    const text = await readFile(path.join(root, file), 'utf8');
    const { $schema: _dialect, ...schema } = JSON.parse(text) as JsonSchema;
    const { model, unexpressed } = lowerSchema({ root: schema }, 'declaration');
    if (unexpressed.length > 0)
      throw new Error(
        `keywords that are not understood: ${unexpressed.map((one) => one.keyword).join(', ')}`,
      );
    const sha256 = createHash('sha256').update(text).digest('hex');
    return { name: path.basename(file, '.schema.json'), file, sha256, model };
  } catch (cause) {
    throw new Failure('usage', `cannot read the schema ${file}: ${(cause as Error).message}`, {
      cause,
    });
  }
}
