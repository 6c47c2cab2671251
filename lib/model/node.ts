/**
 * The Model: what every stage after `model/` reads instead of a schema. One tagged union describes each
 * schema node and keeps everything that the source says; no keyword is dropped without being counted
 * (`Lowered.unexpressed`).
 */

/** A value that JSON can hold. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A CEL rule of a CRD (`x-kubernetes-validations`), as written. */
export interface CelRule {
  readonly rule: string;
  readonly message?: string;
  readonly messageExpression?: string;
  readonly reason?: string;
  readonly fieldPath?: string;
  readonly optionalOldSelf?: boolean;
}

/**
 * Conditions beside the structure of a node, for example `oneOf` of `required`. They only restrict: what
 * properties exist is said by the node itself. Kept as JSON Schema, with the keywords that ajv knows.
 */
export interface Junctors {
  readonly allOf?: readonly Json[];
  readonly anyOf?: readonly Json[];
  readonly oneOf?: readonly Json[];
  readonly not?: Json;
}

/** What every node can say. */
export interface NodeBase {
  readonly description?: string;
  readonly title?: string;
  /** A real default: one that the API server or the controller fills in. */
  readonly default?: Json;
  readonly const?: Json;
  readonly enum?: readonly Json[];
  readonly examples?: readonly Json[];
  /** null is a value of its own; without it the API server reads null as absent. */
  readonly nullable?: boolean;
  readonly deprecated?: boolean;
  /** The value is secret: no message may repeat it. JSON Schema's `writeOnly`. */
  readonly writeOnly?: boolean;
  readonly junctors?: Junctors;
  readonly cel?: readonly CelRule[];
}

/** An object with named properties. */
export interface ObjectNode extends NodeBase {
  readonly type: 'object';
  readonly properties: { readonly [name: string]: Node };
  readonly required: readonly string[];
  /** What is required as well once a property is there. */
  readonly dependencies?: { readonly [name: string]: readonly string[] };
  /** Closed: a property not named is an error. Open: `x-kubernetes-preserve-unknown-fields`. */
  readonly closed: boolean;
  /** `x-kubernetes-embedded-resource`: a whole manifest with its own apiVersion and kind. */
  readonly embeddedResource?: boolean;
  /** `x-kubernetes-map-type`. */
  readonly mapType?: 'atomic' | 'granular';
  readonly minProperties?: number;
  readonly maxProperties?: number;
}

/** An object used as a map: any key, all values of one type. */
export interface MapNode extends NodeBase {
  readonly type: 'map';
  readonly values: Node;
  /** What the keys have to be; JSON Schema's `propertyNames`. */
  readonly keys?: StringNode;
  readonly mapType?: 'atomic' | 'granular';
  readonly minProperties?: number;
  readonly maxProperties?: number;
}

/** A list. */
export interface ArrayNode extends NodeBase {
  readonly type: 'array';
  readonly items: Node;
  /** `x-kubernetes-list-type`. */
  readonly listType?: 'atomic' | 'set' | 'map';
  /** `x-kubernetes-list-map-keys`. */
  readonly mapKeys?: readonly string[];
  /** Sets of keys in each of which the items differ; an item that lacks a key without a default is not compared. */
  readonly uniqueKeys?: readonly UniqueKeys[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
}

/** Keys that taken together tell the items of a list apart. */
export interface UniqueKeys {
  readonly keys: readonly string[];
  /** What an absent key counts as. */
  readonly defaults?: { readonly [key: string]: string };
}

/** A string. */
export interface StringNode extends NodeBase {
  readonly type: 'string';
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** The API server reads an empty string as absent, though the enum does not have it. */
  readonly emptyIsAbsent?: boolean;
}

/** A number with or without a fraction (`number`), or without (`integer`). */
export interface NumericNode extends NodeBase {
  readonly type: 'number' | 'integer';
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
}

/** true or false. */
export interface BooleanNode extends NodeBase {
  readonly type: 'boolean';
}

/** An integer or a string (`x-kubernetes-int-or-string`), such as a Service's target port. */
export interface IntOrStringNode extends NodeBase {
  readonly type: 'int-or-string';
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
}

/** A Kubernetes quantity: a number, or a string such as `500m`. */
export interface QuantityNode extends NodeBase {
  readonly type: 'quantity';
}

/** One of several shapes that cannot be merged into one. */
export interface UnionNode extends NodeBase {
  readonly type: 'union';
  readonly branches: readonly Node[];
}

/** Anything. */
export interface AnyNode extends NodeBase {
  readonly type: 'any';
}

/** A definition of the same `SchemaModel`, by name: what makes shared and recursive types finite. */
export interface RefNode extends NodeBase {
  readonly type: 'ref';
  readonly name: string;
}

/** One node of a schema. Every switch on `type` is exhaustive. */
export type Node =
  | ObjectNode
  | MapNode
  | ArrayNode
  | StringNode
  | NumericNode
  | BooleanNode
  | IntOrStringNode
  | QuantityNode
  | UnionNode
  | AnyNode
  | RefNode;

/** A schema with the definitions that its `ref` nodes name. */
export interface SchemaModel {
  readonly root: Node;
  readonly definitions: { readonly [name: string]: Node };
}

/** A keyword that the Model cannot hold, with how often it was met. */
export interface UnexpressedKeyword {
  readonly keyword: string;
  readonly count: number;
  /** JSON pointer of the first place. */
  readonly at: string;
}

/** What lowering a schema gives. */
export interface Lowered {
  readonly model: SchemaModel;
  readonly unexpressed: readonly UnexpressedKeyword[];
}
