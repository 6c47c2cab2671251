/**
 * The suffixes of Kubernetes' quantities: the power of ten, or of two, that each stands for.
 * Source: k8s.io/apimachinery v0.36.3 pkg/api/resource/suffix.go.
 */
export const DECIMAL_SUFFIXES: { readonly [suffix: string]: number } = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};

/** The same for powers of two. */
export const BINARY_SUFFIXES: { readonly [suffix: string]: number } = {
  Ki: 10,
  Mi: 20,
  Gi: 30,
  Ti: 40,
  Pi: 50,
  Ei: 60,
};
