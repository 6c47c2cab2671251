/** What the evaluation and the linter say about names and numbers of arguments. */
interface Says {
  readonly evaluation: string;
  readonly lint: string;
}

/** A function, kind, version, group or nested group that is not there. */
export function noField(name: string): Says {
  return {
    evaluation: `Field does not exist: ${name}`,
    lint: `Indexed object has no field "${name}"`,
  };
}

/** A call without an argument. */
export function missing(name: string): Says {
  return { evaluation: `Missing argument: ${name}`, lint: `Missing argument: ${name}` };
}

/** A call with more arguments than the function takes. */
export function tooMany(most: number): Says {
  return {
    evaluation: `function expected ${most} positional argument(s), but got ${most + 1}`,
    lint: `Too many arguments, there can be at most ${most}, but ${most + 1} provided`,
  };
}

/** A call with an argument by a name that is no parameter's. */
export function noParameter(name: string): Says {
  return {
    evaluation: `function has no parameter ${name}`,
    lint: `function has no parameter ${name}`,
  };
}

/** Why a mistake is not found. */
export const API_SERVER = 'what only the code of the API server checks';
export const CERT_MANAGER_CODE = 'what only the code of cert-manager checks';
