import { expect, test } from 'vitest';
import { parseEnums } from '../../lib/sources/enum-overlay.ts';

/** As openapi-gen writes it; only the key in the table differs between the versions of Kubernetes. */
function source(imports: string, key: string): string {
  return `package openapi

import (
${imports}
)

func GetOpenAPIDefinitions(ref common.ReferenceCallback) map[string]common.OpenAPIDefinition {
	return map[string]common.OpenAPIDefinition{
		${key}:     schema_k8sio_api_core_v1_Thing(ref),
	}
}

func schema_k8sio_api_core_v1_Thing(ref common.ReferenceCallback) common.OpenAPIDefinition {
	return common.OpenAPIDefinition{
		Schema: spec.Schema{
			SchemaProps: spec.SchemaProps{
				Type: []string{"object"},
				Properties: map[string]spec.Schema{
					"modes": {
						SchemaProps: spec.SchemaProps{
							Description: "Enum: []interface{}{\\"no\\"},",
							Type:        []string{"array"},
							Items: &spec.SchemaOrArray{
								Schema: &spec.Schema{
									SchemaProps: spec.SchemaProps{
										Type:   []string{"string"},
										Enum:   []interface{}{"ReadOnly", "Read\\"Write"},
									},
								},
							},
						},
					},
					"type": {
						SchemaProps: spec.SchemaProps{
							Type:        []string{"string"},
							Enum:        []interface{}{"A", ""},
						},
					},
				},
			},
		},
	}
}

func schema_not_in_the_table(ref common.ReferenceCallback) common.OpenAPIDefinition {
					"type": {
							Enum:        []interface{}{"B"},
`;
}

const sites = [
  {
    definition: 'io.k8s.api.core.v1.Thing',
    path: ['properties', 'modes', 'items'],
    values: ['ReadOnly', 'Read"Write'],
  },
  { definition: 'io.k8s.api.core.v1.Thing', path: ['properties', 'type'], values: ['A', ''] },
];

test('enums are found with their place, up to Kubernetes 1.34', () => {
  expect(parseEnums(source('\tfmt "fmt"', '"k8s.io/api/core/v1.Thing"'))).toEqual(sites);
});

test('enums are found with their place, from Kubernetes 1.35 on', () => {
  const text = source('\tcorev1 "k8s.io/api/core/v1"', 'corev1.Thing{}.OpenAPIModelName()');
  expect(parseEnums(text)).toEqual(sites);
});

test('an import without an alias has the last part of its path as its name', () => {
  const [site] = parseEnums(
    source('\t"k8s.io/apimachinery/pkg/version"', 'version.Info{}.OpenAPIModelName()'),
  );
  expect(site?.definition).toBe('io.k8s.apimachinery.pkg.version.Info');
});
