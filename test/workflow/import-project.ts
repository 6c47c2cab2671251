import { readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { makeProject, SPEC } from '../tanka/project.ts';

/** A CustomResourceDefinition of `Widget`, `shop.example.com/v1`, with a field `spec.size`. */
export function widgetCrd(sizeType = 'integer'): string {
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.shop.example.com
spec:
  group: shop.example.com
  scope: Namespaced
  names: { kind: Widget, plural: widgets, singular: widget, listKind: WidgetList }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                size: { type: ${sizeType} }
`;
}

/** An environment that makes one Widget with the library `crds`. */
export const WIDGET_MAIN = `local crds = import 'crds/main.libsonnet';

{ widget: crds.shop.v1.widget.new('a') + { spec: { size: 3 } } }
`;

/**
 * Makes a project with a CRD in crds/ and an environment that uses its library, which is not imported yet.
 *
 * @returns the root.
 */
export async function makeImportProject(
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  return makeProject({
    'jsonnetfile.json': `{
    "version": 1,
    "dependencies": [],
    "legacyImports": true
}
`,
    '.gitignore': 'vendor/\n',
    'crds/widget.yaml': widgetCrd(),
    'environments/x/main.jsonnet': WIDGET_MAIN,
    'environments/x/spec.json': SPEC,
    ...files,
  });
}

/** Every file and link below a folder, with what is in it or where it leads. */
export async function snapshot(directory: string): Promise<Record<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const found = entries
    .filter((entry) => !entry.isDirectory())
    .map(async (entry): Promise<[string, string]> => {
      const file = path.join(entry.parentPath, entry.name);
      const content = entry.isSymbolicLink() ? await readlink(file) : await readFile(file, 'utf8');
      return [path.relative(directory, file), content];
    });
  return Object.fromEntries((await Promise.all(found)).sort(([a], [b]) => (a < b ? -1 : 1)));
}
