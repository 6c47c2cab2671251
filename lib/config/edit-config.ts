import { isMap, parseDocument, Scalar, YAMLMap, type Document, type ToStringOptions } from 'yaml';

/** What `tankard import` changes in tankard.yaml. */
export interface ConfigChange {
  /** Every import, name to source; what is not in it is taken out. */
  readonly imports: ReadonlyMap<string, string>;
  /** Minor version of Kubernetes to set; absent: as it is. */
  readonly kubernetes?: string;
}

/**
 * Changes the text of tankard.yaml. Comments and the order of keys stay.
 *
 * @param text a text that `loadConfig` accepts; undefined when there is no file.
 * @returns the same text when nothing is to be changed.
 */
export function editConfig(text: string | undefined, change: ConfigChange): string | undefined {
  const document = parseDocument(text ?? '');
  const hasKubernetes = setKubernetes(document, change.kubernetes);
  const hasImports = setImports(document, change.imports);
  if (!hasKubernetes && !hasImports) return text;
  const edited = document.toString(styleOf(text ?? ''));
  // What is left of a file that held imports alone.
  return edited.replace(/^\{\}\n/m, '');
}

function setKubernetes(document: Document, version: string | undefined): boolean {
  if (version === undefined || document.get('kubernetes') === version) return false;
  const scalar = new Scalar(version);
  // Without quotes YAML reads 1.34 as a number.
  scalar.type = 'QUOTE_SINGLE';
  document.set('kubernetes', scalar);
  return true;
}

function setImports(document: Document, imports: ReadonlyMap<string, string>): boolean {
  const old = document.get('imports');
  const map = isMap(old) ? old : new YAMLMap(document.schema);
  const before = new Map(map.items.map(({ key, value }) => [textOf(key), textOf(value)]));
  const gone = [...before.keys()].filter((name) => !imports.has(name));
  const set = [...imports].filter(([name, source]) => before.get(name) !== source);
  if (gone.length === 0 && set.length === 0) return false;
  for (const name of gone) map.delete(name);
  for (const [name, source] of set) map.set(name, source);
  if (map.items.length === 0) document.delete('imports');
  else if (map !== old) document.set('imports', map);
  return true;
}

function textOf(node: unknown): string {
  return String(node instanceof Scalar ? node.value : node);
}

/** How the text is written, as far as `yaml` does not keep it by itself. */
function styleOf(text: string): ToStringOptions {
  const indent = /^( +)[^\s#-]/m.exec(text)?.[1]?.length ?? 2;
  const flowCollectionPadding = !/[:-] \{[^\s}]/.test(text);
  const hasFlushLists = /^([^\s#-].*):[ \t]*(#.*)?\n- /m.test(text);
  return { indent, indentSeq: !hasFlushLists, flowCollectionPadding, lineWidth: 0 };
}
