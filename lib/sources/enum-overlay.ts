/** The values that a string may have, with the place of that string in the definitions. */
export interface EnumSite {
  /** Name of the definition, such as `io.k8s.api.core.v1.ServiceSpec`. */
  readonly definition: string;
  /** Keywords and property names from the definition inwards, such as `['properties', 'type']`. */
  readonly path: readonly string[];
  readonly values: readonly string[];
}

interface Cursor {
  definition: string | undefined;
  property: string;
  /** `items` or `additionalProperties` by the depth of the line that opened it. */
  readonly containers: Map<number, string>;
}

// The indentation of generated code, in tabs, is the place in the schema. Checked on Kubernetes 1.30 to 1.37.
const PROPERTY_DEPTH = 5;
const SCHEMA_DEPTH = 7;
const DEPTH_OF_NESTING = 3;

/**
 * Reads the enums from `pkg/generated/openapi/zz_generated.openapi.go` of Kubernetes, line by line. The
 * published OpenAPI files do not have them, though a running API server's do: Kubernetes generates its files
 * with `OpenAPIEnums=false` (hack/update-openapi-spec.sh).
 *
 * @param source the Go source, as openapi-gen writes it.
 * @returns the sites in the order of the source.
 */
export function parseEnums(source: string): EnumSite[] {
  const lines = source.split('\n');
  const definitions = definitionsByFunction(lines);
  const cursor: Cursor = { definition: undefined, property: '', containers: new Map() };
  const sites: EnumSite[] = [];
  for (const line of lines) {
    const site = readLine(line, cursor, definitions);
    if (site !== undefined) sites.push(site);
  }
  return sites;
}

function readLine(
  line: string,
  cursor: Cursor,
  definitions: Map<string, string>,
): EnumSite | undefined {
  if (line.startsWith('func ')) {
    cursor.definition = definitions.get(/^func (\w+)\(/.exec(line)?.[1] ?? '');
    return undefined;
  }
  const depth = depthOf(line);
  const text = line.slice(depth);
  if (depth === PROPERTY_DEPTH) {
    const name = /^("[^"]+"): \{$/.exec(text)?.[1];
    if (name === undefined) return undefined;
    cursor.property = JSON.parse(name) as string;
    cursor.containers.clear();
  } else if (text.startsWith('Items:')) cursor.containers.set(depth, 'items');
  else if (text.startsWith('AdditionalProperties:'))
    cursor.containers.set(depth, 'additionalProperties');
  else if (text.startsWith('Enum:')) return enumSite(text, depth, cursor);
  return undefined;
}

function enumSite(text: string, depth: number, cursor: Cursor): EnumSite | undefined {
  const list = /\[\]interface\{\}\{(.*)\},$/.exec(text)?.[1];
  if (list === undefined || cursor.definition === undefined) return undefined;
  const path = ['properties', cursor.property];
  for (let at = SCHEMA_DEPTH; at < depth; at += DEPTH_OF_NESTING) {
    const container = cursor.containers.get(at);
    if (container !== undefined) path.push(container);
  }
  return { definition: cursor.definition, path, values: JSON.parse(`[${list}]`) as string[] };
}

function depthOf(line: string): number {
  let depth = 0;
  while (line.charCodeAt(depth) === 9) depth++;
  return depth;
}

/**
 * The table at the top of the source says which function builds which definition. Its keys are
 * `"k8s.io/api/core/v1.Pod"` up to Kubernetes 1.34, and `corev1.Pod{}.OpenAPIModelName()` from 1.35 on.
 */
function definitionsByFunction(lines: readonly string[]): Map<string, string> {
  const imports = new Map<string, string>();
  const definitions = new Map<string, string>();
  for (const line of lines) {
    const imported = /^\t(?:(\w+) )?"([^"]+)"$/.exec(line);
    if (imported !== null) {
      const path = imported[2] ?? '';
      imports.set(imported[1] ?? path.slice(path.lastIndexOf('/') + 1), path);
      continue;
    }
    const row =
      /^\t\t(?:"([^"]+)\.(\w+)"|(\w+)\.(\w+)\{\}\.OpenAPIModelName\(\)):\s+(schema_\w+)\(ref\),/.exec(
        line,
      );
    if (row === null) continue;
    const goPackage = row[1] ?? imports.get(row[3] ?? '');
    if (goPackage !== undefined)
      definitions.set(row[5] ?? '', `${dotted(goPackage)}.${row[2] ?? row[4] ?? ''}`);
  }
  return definitions;
}

/** `k8s.io/api/core/v1` as a definition's name starts: `io.k8s.api.core.v1`. */
function dotted(goPackage: string): string {
  const [host = '', ...rest] = goPackage.split('/');
  return [...host.split('.').reverse(), ...rest].join('.');
}
