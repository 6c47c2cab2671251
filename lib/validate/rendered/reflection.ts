/** The prefix of Reflector's annotations. Source: kubernetes-reflector, docs. */
export const REFLECTOR_PREFIX = 'reflector.v1.k8s.emberstack.com/';

/** What the annotations of a Secret or ConfigMap ask of Reflector. */
export interface Reflection {
  /** Whether objects in other namespaces may copy it: `reflection-allowed`. */
  readonly allowed: boolean;
  /** Whether Reflector makes the copies itself: `reflection-auto-enabled`. */
  readonly auto: boolean;
  /** Namespaces that may have a copy. */
  readonly allowedNamespaces: NamespaceFilter;
  /** Namespaces that get one by themselves. */
  readonly autoNamespaces: NamespaceFilter;
}

/** Patterns and a label selector; either is enough, and none of both means every namespace. */
export interface NamespaceFilter {
  /** As Reflector splits the annotation: at every comma, trimmed, blanks dropped. */
  readonly patterns: readonly string[];
  readonly selector: string | undefined;
}

/**
 * Reads Reflector's annotations as it does itself: a boolean is trimmed, in any case, and everything else than true
 * counts as false. Source: kubernetes-reflector v10.0.63, MirroringPropertiesExtensions.cs.
 */
export function readReflection(annotations: Readonly<Record<string, unknown>>): Reflection {
  const text = (name: string): string | undefined => {
    const value = annotations[`${REFLECTOR_PREFIX}${name}`];
    return typeof value === 'string' ? value : undefined;
  };
  const filter = (name: string): NamespaceFilter => ({
    patterns: splitPatterns(text(name)),
    selector: text(`${name}-selector`)?.trim() || undefined,
  });
  return {
    allowed: isTrue(text('reflection-allowed')),
    auto: isTrue(text('reflection-auto-enabled')),
    allowedNamespaces: filter('reflection-allowed-namespaces'),
    autoNamespaces: filter('reflection-auto-namespaces'),
  };
}

function isTrue(text: string | undefined): boolean {
  return text?.trim().toLowerCase() === 'true';
}

/** Splits a list of patterns as Reflector does: at every comma, even inside braces. */
export function splitPatterns(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/**
 * Whether one pattern of Reflector takes a namespace: its first match must be the whole name. Case counts.
 * Source: kubernetes-reflector v10.0.63, MirroringPropertiesExtensions.cs.
 *
 * @returns undefined for what is no regular expression, or could take too long to try.
 */
export function patternMatches(pattern: string, namespace: string): boolean | undefined {
  if (!COMPILED.has(pattern)) COMPILED.set(pattern, compiled(pattern));
  const regex = COMPILED.get(pattern);
  return regex && regex.exec(namespace)?.[0] === namespace;
}

/** Every workload of an environment may ask for the same few patterns. */
const COMPILED = new Map<string, RegExp | undefined>();

function compiled(pattern: string): RegExp | undefined {
  if (pattern.length > LONGEST_PATTERN || NESTED_REPEAT.test(pattern)) return undefined;
  try {
    return new RegExp(pattern);
  } catch {
    return undefined;
  }
}

const LONGEST_PATTERN = 200;
/** A repeated group that repeats something inside, whose matching may take exponential time. */
const NESTED_REPEAT = /\([^()]*[*+{][^()]*\)[*+{]/;

/**
 * Whether Reflector makes a copy of the annotated object in `namespace` by itself.
 *
 * @param own the namespace of the object, which never gets a copy.
 * @returns true also for what cannot be decided, since an alarm would then be a guess.
 */
export function isMirroredTo(
  reflection: Reflection,
  namespaces: { readonly own: string; readonly namespace: string },
): boolean {
  const { own, namespace } = namespaces;
  if (!reflection.allowed || !reflection.auto || own === namespace) return false;
  return (
    takes(reflection.allowedNamespaces, namespace) && takes(reflection.autoNamespaces, namespace)
  );
}

/** Whether a filter takes a namespace; true for what cannot be decided. */
export function takes({ patterns, selector }: NamespaceFilter, namespace: string): boolean {
  if (selector !== undefined || patterns.length === 0) return true;
  return patterns.some((pattern) => patternMatches(pattern, namespace) !== false);
}

/**
 * Whether Reflector surely makes a copy of the annotated object in `namespace` by itself.
 *
 * @param own the namespace of the object, which never gets a copy.
 * @returns false also for what cannot be decided.
 */
export function isSurelyMirroredTo(
  reflection: Reflection,
  { own, namespace }: { readonly own: string; readonly namespace: string },
): boolean {
  const { allowed, auto, allowedNamespaces, autoNamespaces } = reflection;
  if (!allowed || !auto || own === namespace || own === '' || namespace === '') return false;
  return surelyTakes(allowedNamespaces, namespace) && surelyTakes(autoNamespaces, namespace);
}

function surelyTakes({ patterns, selector }: NamespaceFilter, namespace: string): boolean {
  if (patterns.length === 0) return selector === undefined;
  return patterns.some((pattern) => patternMatches(pattern, namespace) === true);
}
