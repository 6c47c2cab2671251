/**
 * One error of a generated validator, in ajv's form. `params` of the keywords that Tankard writes itself:
 *
 * - `additionalProperties`: `{additionalProperty: string, known: string[]}`
 * - `enum`: `{allowedValues: unknown[]}`
 * - `anyOf`, `oneOf`: `{alternatives: Alternative[]}`, for `oneOf` also `passingSchemas: [number, number] | null`
 * - `x-kubernetes-list-map-keys`, `x-tankard-unique-keys`: `{keys: string[], i: number, j: number}`, item i repeats item j
 */
export interface AjvError {
  /** JSON pointer into the value; empty for the value itself. */
  readonly instancePath: string;
  /** JSON pointer into the schema, a hint to developers only; absent as `message` is. */
  readonly schemaPath?: string;
  readonly keyword: string;
  readonly params: { readonly [name: string]: unknown };
  /** Absent when the validator was generated without messages. */
  readonly message?: string;
}

/** What one branch of an `anyOf` or `oneOf` asks for, as far as it can be said in a few words. */
export interface Alternative {
  /** Properties that must be present; empty: the branch asks that none of the others holds. */
  readonly required?: readonly string[];
  readonly type?: string | readonly string[];
  readonly values?: readonly unknown[];
  readonly pattern?: string;
}

/**
 * A generated validator.
 *
 * @param value parsed JSON or YAML; not changed.
 * @returns whether it is valid; if not, `errors` of the function holds every error until the next call.
 */
export type Validate = ((value: unknown) => boolean) & { errors?: readonly AjvError[] | null };
