/** Where a node stands whose type is written. */
export interface TypePlace {
  /** The id of the type that it is a part of: `core.v1.container`, and the way from there. No two places have the same. */
  readonly id: string;
  /**
   * Whether `x-kubernetes-list-type` holds: the API server minds it in custom resources, and not in its own kinds.
   */
  readonly listTypes: boolean;
  /** The definitions that are being written inline, so that what is recursive ends. */
  readonly inside: readonly string[];
}

/** The place of a property of an object. */
export function placeOfProperty(place: TypePlace, property: string): TypePlace {
  return { ...place, id: `${place.id}.${property.replaceAll('~', '~0').replaceAll('.', '~1')}` };
}

/** The place of one branch of a union. */
export function placeOfBranch(place: TypePlace, index: number): TypePlace {
  return { ...place, id: `${place.id}.~${index + 2}` };
}
