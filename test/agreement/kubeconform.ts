import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runProgram } from '../../lib/tools/run-program.ts';
import { fillDefaults } from './fill-defaults.ts';
import type { Case, Verdict } from './judge.ts';
import type { JudgedKind } from './kinds.ts';
import { strictSchema } from './strict-schema.ts';

interface Result {
  readonly filename: string;
  readonly status: string;
  readonly msg: string;
}

/**
 * The verdicts of `kubeconform -strict` on the schemas as upstream wrote them, made strict.
 *
 * @param program absolute path of kubeconform.
 * @returns one for each case, in their order.
 * @throws Error when kubeconform could not read a case or has no schema for it.
 */
export async function judgeByKubeconform(
  program: string,
  cases: readonly Case[],
): Promise<Verdict[]> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'tankard-kubeconform-'));
  try {
    const template = await writeSchemas(directory, new Set(cases.map(({ kind }) => kind)));
    const instances = path.join(directory, 'instances');
    await mkdir(instances);
    for (const [index, { kind, value }] of cases.entries()) {
      const filled = fillDefaults(value, kind.model.root, kind.model);
      await writeFile(path.join(instances, `case-${index}.json`), asciiJson(filled));
    }
    const { stdout, stderr } = await runProgram({
      file: program,
      args: [
        '-strict',
        '-verbose',
        '-output',
        'json',
        '-n',
        '2',
        '-schema-location',
        template,
        instances,
      ],
      cwd: directory,
    });
    if (stderr !== '') throw new Error(stderr);
    return inOrder(
      cases,
      (JSON.parse(stdout.toString('utf8')) as { resources: Result[] }).resources,
    );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/**
 * Writes the schemas of kinds for kubeconform.
 *
 * @returns where they are, for its `-schema-location`.
 */
export async function writeSchemas(
  directory: string,
  kinds: Iterable<Pick<JudgedKind, 'kind' | 'schema'>>,
): Promise<string> {
  for (const { kind, schema } of kinds) {
    // Of the core group, kubeconform calls the version the group.
    const [version = '', group = version] = kind.apiVersion.split('/').reverse();
    const file = `${kind.kind.toLowerCase()}_${group}_${version}.json`;
    await writeFile(path.join(directory, file), JSON.stringify(strictSchema(schema)));
  }
  return path.join(directory, '{{ .ResourceKind }}_{{ .Group }}_{{ .ResourceAPIVersion }}.json');
}

/** YAML, as which kubeconform reads everything, has no control characters; and it takes U+2028 for a line break. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function inOrder(cases: readonly Case[], results: readonly Result[]): Verdict[] {
  const byFile = new Map(results.map((result) => [path.basename(result.filename), result]));
  return cases.map(({ kind, value }, index) => {
    const { status, msg } = byFile.get(`case-${index}.json`) ?? {
      status: 'none',
      msg: 'no result',
    };
    if (status === 'statusValid') return undefined;
    // It reads the identity first, into Go's types: a number as metadata.name does not come so far as a schema.
    const isUnread = status === 'statusError' && msg.startsWith('error while parsing');
    if (status === 'statusInvalid' || isUnread) return msg.replace(/^.*?Details: /, '');
    throw new Error(`kubeconform cannot judge a ${kind.name}: ${msg}\n${JSON.stringify(value)}`);
  });
}
