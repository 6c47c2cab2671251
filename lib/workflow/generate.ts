import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { loadConfig, type GenerateConfig } from '../config/load-config.ts';
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
import type { JsonSchema } from '../model/json-schema.ts';
import { loadFamilies } from '../model/load-families.ts';
import { lowerSchema } from '../model/lower.ts';
import { compareFiles, writeFiles, type FileChange } from '../output/write-files.ts';

/** Where `jb` links Tankard's library. */
const DEFAULT_CHECK = 'tankard/check.libsonnet';

/** What generating did, or with `check` would do. */
export interface GenerateResult {
  /** How many files are generated in all. */
  readonly files: number;
  readonly changes: readonly FileChange[];
}

/**
 * Generates what tankard.yaml asks for under `generate`, from the declarations.
 *
 * @param options.root project root, absolute.
 * @param options.check compare only, write nothing.
 * @throws Failure `usage` when the project declares nothing to generate, or a declaration is wrong.
 */
export async function generate(options: {
  root: string;
  check?: boolean;
}): Promise<GenerateResult> {
  const { root, check = false } = options;
  const config = (await loadConfig(root)).generate;
  if (config === undefined)
    throw new Failure('usage', `tankard.yaml in ${root} does not say what to generate`, {
      hint: 'Add generate.declarations and generate.jsonnet; schemas/tankard.schema.json describes them.',
    });
  const files = await emitAll(config, root);
  const directories = [config.jsonnet, config.typescript, config.reference].filter(
    (directory) => directory !== undefined,
  );
  const run = check ? compareFiles : writeFiles;
  return { files: files.length, changes: await run(files, root, directories) };
}

async function emitAll(config: GenerateConfig, root: string): Promise<OutputFile[]> {
  const families = await loadFamilies(path.join(root, config.declarations), root);
  const files = emitJsonnet(families, {
    directory: config.jsonnet,
    check: config.check ?? DEFAULT_CHECK,
  });
  if (config.bindings !== undefined) files.push(emitBindings(families, config.bindings));
  if (config.reference !== undefined) files.push(...emitReference(families, config.reference));
  if (config.typescript === undefined) return files;
  const schemas = await Promise.all((config.schemas ?? []).map((file) => readSchema(file, root)));
  return [
    ...files,
    ...(await emitTypes(families, `${config.typescript}/types`)),
    ...emitFamilyValidators(families, config.typescript),
    ...(config.bindings === undefined ? [] : emitAnnotationValidators(families, config.typescript)),
    ...schemas.flatMap((schema) => emitSchemaValidator(schema, config.typescript as string)),
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
