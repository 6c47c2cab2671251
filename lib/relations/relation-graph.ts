import type { ResourceId } from '../finding/finding.ts';

/**
 * What a node stands for. `resource`: an object that the environment renders. `missing`: one that is named and that
 * nothing in the environment provides. `mirror`: a Secret or ConfigMap that Reflector makes. `made`: one that another
 * controller makes, such as the Secret of a SealedSecret. `identity`: an IAM role, a service account of Google Cloud, a
 * Microsoft Entra application. `host`: a host name that is served.
 */
export type RelationNodeKind = 'resource' | 'missing' | 'mirror' | 'made' | 'identity' | 'host';

/** A thing that resources are related to. */
export interface RelationNode {
  /** Unique in its graph, and the same in each render. */
  readonly id: string;
  readonly kind: RelationNodeKind;
  /** Of `resource`, `missing`, `mirror` and `made`. */
  readonly resource?: ResourceId;
  /** The ARN, the e-mail address, the client id or the host name; of `identity` and `host`. */
  readonly name?: string;
  /** What an identity is, such as `IAM role`. */
  readonly type?: string;
}

/** A relation, in the direction in which the sentence `from label to` reads. */
export interface RelationEdge {
  /** Id of a node. */
  readonly from: string;
  readonly to: string;
  /** A verb phrase such as `runs as`, `assumes`, `is mirrored as`, `reads`, `serves`. */
  readonly label: string;
}

/** How the resources of one environment depend on each other. Nodes without an edge are left out. */
export interface RelationGraph {
  readonly nodes: readonly RelationNode[];
  readonly edges: readonly RelationEdge[];
}
