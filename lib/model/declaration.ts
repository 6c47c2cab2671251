import type { Encoding } from './family.ts';
import type { Json } from './node.ts';

/** A declaration file as it stands on disk, once the meta-schema accepted it. */
export interface Declaration {
  readonly title: string;
  readonly description: string;
  readonly 'x-tankard-sources': readonly string[];
  readonly 'x-tankard-prefixes'?: readonly { readonly prefix: string; readonly closed: boolean }[];
  readonly definitions: { [name: string]: DeclaredDefinition };
}

/** One definition of a declaration. */
export interface DeclaredDefinition {
  readonly type: 'object';
  readonly description: string;
  readonly additionalProperties: false;
  readonly required?: readonly string[];
  readonly properties: { readonly [name: string]: DeclaredParameter };
  readonly 'x-tankard-kinds'?: readonly string[];
  readonly 'x-tankard-functions': { readonly [name: string]: DeclaredFunction };
  readonly 'x-tankard-examples': readonly string[];
  readonly 'x-tankard-mistakes'?: readonly { readonly title: string; readonly example: string }[];
}

/** One parameter of a definition: JSON Schema keywords and where the value lands. */
export interface DeclaredParameter {
  readonly type: string;
  readonly description: string;
  readonly default?: Json;
  readonly 'x-tankard-expected': string;
  readonly 'x-tankard-source': string;
  readonly 'x-tankard-targets'?: readonly (readonly (string | number)[])[];
  readonly 'x-tankard-encoding'?: Encoding;
  readonly 'x-tankard-setter'?: boolean;
  readonly [keyword: string]: unknown;
}

/** One function of a definition. */
export interface DeclaredFunction {
  readonly description: string;
  readonly parameters: readonly string[];
  readonly optional?: readonly string[];
  readonly base?: Json;
  readonly patch?: boolean;
  readonly concat?: readonly (string | { readonly parameter: string })[];
  readonly targets?: readonly (readonly (string | number)[])[];
  readonly sequence?: readonly string[];
}
