import { CONFIG_FILE } from '../config/load-config.ts';
import { LIBRARIES_FOLDER } from '../output/library-folder.ts';
import { libraryKey, type LockedLibrary } from '../sources/import-lock.ts';
import { MIXINS } from '../sources/mixins.ts';
import { PROJECT_LOCK } from '../sources/pinned-stores.ts';
import type { LockedImport } from '../sources/locked-import.ts';
import { JSONNETFILE } from '../tanka/jsonnetfile.ts';
import type { ImportJob, ImportOutcome, MadeLibrary } from './import-outcome.ts';
import { ALIAS_FILE } from './kubernetes-alias.ts';
import { disagreements } from './restore.ts';

/**
 * What only `tankard import` mends, a sentence each. A missing or outdated folder is none of it: the next command that
 * renders restores it.
 */
export function staleness(
  { config, lock }: ImportJob,
  { made, alias, jsonnetfile }: ImportOutcome,
): string[] {
  return [
    ...disagreements(config.imports, lock),
    ...made.flatMap(staleLibrary),
    ...(jsonnetfile === undefined ? [] : [`${JSONNETFILE} does not list the imported libraries`]),
    ...(alias.setKubernetes === undefined
      ? []
      : [`${CONFIG_FILE} does not name the version of Kubernetes that k.libsonnet stands for`]),
    ...(alias.replacement === undefined
      ? []
      : [`${ALIAS_FILE} is not what ${CONFIG_FILE} asks for`]),
  ];
}

function staleLibrary({ name, before, locked, disk }: MadeLibrary): string[] {
  const folder = `${LIBRARIES_FOLDER}/${name}`;
  // What the lock lacks was said already.
  const pinned =
    before === undefined || before.source !== locked.source ? [] : staleEntry(name, before, locked);
  const isOfLock = before !== undefined && disk?.key === libraryKey(before);
  const first = isOfLock ? (disk.changed[0] ?? disk.foreign[0]) : disk?.foreign[0];
  const touched = first === undefined ? [] : [`${folder}/${first} is not what the import wrote`];
  return [...pinned, ...touched];
}

function staleEntry(name: string, before: LockedLibrary, now: LockedLibrary): string[] {
  const changed = changedFiles(before, now);
  if (changed.length > 0 && now.source !== MIXINS)
    return [`${name}: ${changed.join(', ')} changed since ${PROJECT_LOCK} was written`];
  if (before.kubernetes !== now.kubernetes)
    return [
      `${name} was made for Kubernetes ${before.kubernetes}, the project is for ${now.kubernetes}`,
    ];
  return libraryKey(before) === libraryKey(now)
    ? []
    : [`${name} was made by another version of tankard`];
}

function changedFiles(
  { files: before = [] }: LockedImport,
  { files = [] }: LockedImport,
): string[] {
  const old = new Map(before.map((one) => [one.file, one.sha256]));
  const now = new Map(files.map((one) => [one.file, one.sha256]));
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names.filter((name) => old.get(name) !== now.get(name));
}
