import { compile } from 'json-schema-to-typescript';
import type { Definition, Family } from '../../model/family.ts';
import { toJsonSchema } from '../../model/to-json-schema.ts';
import { generatedBanner, type OutputFile } from '../file.ts';

/**
 * One file of TypeScript interfaces a family: the parameters of each definition, named FamilyDefinition,
 * for example `IrsaServiceAccount`.
 *
 * @param directory where the files go, relative to the project.
 */
export async function emitTypes(
  families: readonly Family[],
  directory: string,
): Promise<OutputFile[]> {
  return Promise.all(
    families.map(async (family) => {
      const types = await Promise.all(
        family.definitions.map((definition) => emitInterface(family, definition)),
      );
      const banner = `// ${generatedBanner(family.file, family.sha256)}`;
      return { path: `${directory}/${family.name}.ts`, text: `${banner}\n\n${types.join('\n')}` };
    }),
  );
}

async function emitInterface(family: Family, definition: Definition): Promise<string> {
  const name = typeName(family.name, definition.name);
  const schema = { ...toJsonSchema(definition.schema), title: name };
  return compile(schema, name, {
    bannerComment: '',
    // For objects that the schema leaves open; the closed ones say so themselves.
    additionalProperties: true,
    // A list of at most 16 items would become a union of 16 tuples.
    maxItems: 3,
    style: { singleQuote: true, printWidth: 100 },
  });
}

/** The name of the interface of a definition. */
export function typeName(family: string, definition: string): string {
  return capitalize(family) + capitalize(definition);
}

function capitalize(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
