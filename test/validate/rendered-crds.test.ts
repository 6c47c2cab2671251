import { expect, test } from 'vitest';
import { findingsIn } from '../rules/findings-in.ts';

/** The CRD of a Widget whose size is an integer up to 10, and not 7. */
const CRD = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Widget, plural: widgets, singular: widget, listKind: WidgetList}
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
              x-kubernetes-validations: [{rule: self.size != 7, message: size must not be 7}]
              properties:
                size: {type: integer, maximum: 10}
---
`;
const widget = (spec: string, version = 'v1'): string =>
  `apiVersion: example.com/${version}\nkind: Widget\nmetadata: {name: a, namespace: x}\nspec: ${spec}\n`;

test.each([
  ['{size: 3}', []],
  ['{size: 7}', ['schema/validation-rule spec.size']],
  ['{size: 11}', ['schema/wrong-value spec.size']],
  ['{sise: 3}', ['schema/unknown-field spec.sise']],
])(
  'a custom resource is held to the CRD that is rendered beside it: %s',
  async (spec, expected) => {
    const found = await findingsIn(CRD + widget(spec));
    expect(found.map(({ code, path = [] }) => `${code} ${path.join('.')}`)).toEqual(expected);
  },
);

test('a version that the CRD does not have, and a kind without its CRD, stay unknown', async () => {
  const codes = async (yaml: string): Promise<string[]> =>
    (await findingsIn(yaml)).map(({ code }) => code);
  expect(await codes(CRD + widget('{}', 'v2'))).toEqual(['schema/unknown-kind']);
  expect(await codes(CRD.replace('kind: Widget', 'kind: Gadget') + widget('{}'))).toContain(
    'schema/unknown-kind',
  );
});

test('a CRD that defines nothing that can be read is a finding itself, and no failure', async () => {
  const codes = (await findingsIn(CRD.replace('group: example.com', 'group: 7'))).map(
    ({ code }) => code,
  );
  expect(codes).toContain('schema/wrong-type');
});
