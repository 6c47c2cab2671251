import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { dump } from 'js-yaml';
import { hideSecrets } from '../../compare/hide-secrets.ts';
import { isEqual } from '../../compare/is-equal.ts';
import { resourceKeys } from '../../compare/resource-key.ts';
import { makePrivateFolder } from '../../disk/private-folder.ts';
import { Failure } from '../../finding/failure.ts';
import type { Manifest } from '../../manifest/parse-manifests.ts';
import { secretTexts, type SecretTexts } from '../../manifest/secret-texts.ts';
import { findExecutable } from '../../tools/find-executable.ts';
import { runProgram } from '../../tools/run-program.ts';

/** In place of a file's name and time, which `diff` would print: what it prints for the same objects is the same. */
const LABELS = ['live', 'merged'] as const;

/**
 * What `diff -u` says of two renders, an object after the other, as `tk diff` prints it; but with the values of Secrets hidden.
 * Where nothing but those differ, a comment says so.
 *
 * @param more manifests with further Secrets, whose values are hidden too.
 * @throws Failure `tool` when `diff` cannot be run.
 */
export async function unifiedDiff(
  before: readonly Manifest[],
  after: readonly Manifest[],
  more: readonly Manifest[],
): Promise<string> {
  const [earlier, later] = [byKey(before), byKey(after)];
  const texts = secretTexts(
    [...before, ...after, ...more].map(({ value }) => value),
    { variables: false },
  );
  const { path: folder, remove } = await makePrivateFolder('diff');
  try {
    const parts: string[] = [];
    for (const key of new Set([...later.keys(), ...earlier.keys()])) {
      const [one, other] = [earlier.get(key), later.get(key)];
      if (one === undefined || other === undefined || !isEqual(one.value, other.value))
        parts.push(await diffOne(folder, key, shown(one, texts), shown(other, texts)));
    }
    return parts.join('');
  } finally {
    await remove();
  }
}

function byKey(manifests: readonly Manifest[]): Map<string, Manifest> {
  const keys = resourceKeys(manifests.map(({ resource }) => resource));
  return new Map(manifests.map((manifest, index) => [keys[index] as string, manifest]));
}

function shown(manifest: Manifest | undefined, texts: SecretTexts): string {
  if (manifest === undefined) return '';
  const { value } = manifest;
  const hidden = hideSecrets({ manifest: value, path: [], value }, texts);
  return dump(hidden?.value, { lineWidth: -1, noRefs: true, noArrayIndent: true, sortKeys: true });
}

async function diffOne(folder: string, key: string, live: string, merged: string): Promise<string> {
  if (live === merged) return `# ${key}: only values of Secrets differ\n`;
  const files = LABELS.map((label) => path.join(folder, label));
  await writeFile(files[0] as string, live);
  await writeFile(files[1] as string, merged);
  const file = findExecutable('diff');
  const labels = LABELS.map((label) => `--label=${label}/${key}`);
  const result =
    file === undefined
      ? undefined
      : await runProgram({ file, args: ['-u', ...labels, ...files], cwd: folder });
  // 1 says that they differ.
  if (result?.exitCode !== 1)
    throw new Failure(
      'tool',
      `cannot run diff: ${result?.startError ?? result?.stderr ?? 'it is not on PATH'}`,
      {
        hint: 'Install diffutils: tk needs it too.',
      },
    );
  return `diff -u ${LABELS.map((label) => `${label}/${key}`).join(' ')}\n${result.stdout.toString('utf8')}`;
}
