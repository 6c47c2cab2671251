/**
 * Compares versions of an API group: newest stable one first, then betas, then alphas.
 * Source: Kubernetes, "Versions in CustomResourceDefinitions", version priority.
 */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [rank(left), rank(right)];
  for (const [index, one] of a.entries()) {
    const difference = (b[index] ?? 0) - one;
    if (difference !== 0) return difference;
  }
  return left < right ? -1 : Number(left > right);
}

function rank(version: string): [stability: number, major: number, minor: number] {
  const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
  if (match === null) return [0, 0, 0];
  const [, major, stage, minor] = match;
  const stability = { alpha: 1, beta: 2 }[stage ?? ''] ?? 3;
  return [stability, Number(major), Number(minor ?? 0)];
}
