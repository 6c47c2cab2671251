import type { Json, ObjectNode, SchemaModel } from './node.ts';
import type { Path } from '../finding/finding.ts';

/**
 * How a parameter's value is written into the manifest.
 *
 * - `value`: as it is.
 * - `string`: `true` becomes `"true"`, 3600 becomes `"3600"`. Annotation and label values are strings.
 * - `go-bool`: the same for a boolean whose reader also takes `1`, `t`, `0`, `f` (Go's strconv.ParseBool).
 * - `comma-list`: an array of strings becomes one string, joined by `,`; the reader trims and drops empty entries.
 * - `semicolon-list`: the same, joined by `;`.
 * - `csv`: joined by `,`, for a reader that takes every entry as it stands.
 * - `json`: minified JSON.
 * - `base64`: a string in base64, as the data of a Secret is.
 */
export type Encoding =
  'value' | 'string' | 'go-bool' | 'comma-list' | 'semicolon-list' | 'csv' | 'json' | 'base64';

/** One parameter of a definition: its type, and where in a manifest it lands. */
export interface Parameter {
  /** The name in Jsonnet and TypeScript, lowerCamelCase. */
  readonly name: string;
  /** Its type; the node of `definition.schema.root.properties[name]`. */
  readonly node: ObjectNode['properties'][string];
  readonly required: boolean;
  /** What is allowed, in words that complete "must be ...". */
  readonly expected: string;
  readonly description: string;
  /** Where the facts come from. */
  readonly source: string;
  /** The places it is written to; none when only a `concat` uses it. */
  readonly targets: readonly Path[];
  readonly encoding: Encoding;
  /** Whether `withName(value)` is generated. */
  readonly settable: boolean;
}

/** The shape of what a generated function returns. */
export type Template =
  | { readonly type: 'constant'; readonly value: Json }
  | {
      readonly type: 'parameter';
      readonly parameter: Parameter;
      /** The caller may leave it out: then the field that holds it is absent. */
      readonly optional: boolean;
    }
  | Concat
  | { readonly type: 'json' | 'base64'; readonly value: Template }
  | { readonly type: 'array'; readonly items: readonly Template[] }
  | { readonly type: 'object'; readonly fields: readonly TemplateField[] };

/** A string made from constant parts and parameters. */
export interface Concat {
  readonly type: 'concat';
  readonly parts: readonly (string | Parameter)[];
}

/** One field of an object template; `merge` writes `name+:`. */
export interface TemplateField {
  readonly name: string | Concat;
  readonly merge: boolean;
  readonly value: Template;
}

/** A parameter as one function takes it. */
export interface FunctionParameter {
  readonly parameter: Parameter;
  /** Present when the caller may leave it out; null: what it would be written to is then absent. */
  readonly default?: Json;
}

/** A generated function. */
export interface MixinFunction {
  readonly name: string;
  readonly description: string;
  readonly parameters: readonly FunctionParameter[];
  readonly result: Template;
}

/** A kind of object within a family, such as the ServiceAccount of IRSA: a namespace of functions. */
export interface Definition {
  readonly name: string;
  readonly description: string;
  /** The parameters as one object schema: what the TypeScript type and the validator are made from. */
  readonly schema: SchemaModel & { readonly root: ObjectNode };
  readonly parameters: readonly Parameter[];
  readonly functions: readonly MixinFunction[];
  /**
   * The kinds in whose metadata the controller reads this definition's annotations and labels, for
   * example `ServiceAccount`, or `Pod` for Pods and every Pod template.
   */
  readonly kinds: readonly string[];
  /** Jsonnet expressions that the reference shows with what they render to. */
  readonly examples: readonly string[];
  /** What people get wrong, and a function of this definition refuses. */
  readonly mistakes: readonly Mistake[];
}

/** A mistake that the mixins catch. */
export interface Mistake {
  /** In a few words, such as `an account of 11 digits`. */
  readonly title: string;
  /** A Jsonnet expression that makes it. */
  readonly example: string;
}

/** A prefix of annotation keys that belongs to one controller. */
export interface KeyPrefix {
  /** Ends with `/`. */
  readonly prefix: string;
  /** Every key that the controller reads is declared, so any other one is a mistake. */
  readonly closed: boolean;
}

/** One declaration file: all that belongs to one controller or convention. */
export interface Family {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly sources: readonly string[];
  readonly prefixes: readonly KeyPrefix[];
  readonly definitions: readonly Definition[];
  /** Path of the declaration, relative to the project, and the sha256 of its bytes in hex. */
  readonly file: string;
  readonly sha256: string;
}
