/** Which cluster is meant. */
export interface ClusterChoice {
  /** A context of the kubeconfig. @default its current-context */
  readonly context?: string;
  /** Path of a kubeconfig. @default the files that KUBECONFIG lists, else `~/.kube/config`, as for kubectl */
  readonly kubeconfig?: string;
}
