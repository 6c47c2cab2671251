/** A wrong argument, in words. */
interface UsageProblem {
  readonly message: string;
  readonly hint: string;
}

/**
 * Whether tk failed because of an argument that the user gave, not because of the environment.
 *
 * @param text tk's error without `Error: `, or its log messages.
 * @param name the inline environment that was asked for, if any.
 */
export function usageProblem(text: string, name?: string): UsageProblem | undefined {
  if (name !== undefined && text.startsWith('found no matching environments'))
    return {
      message: unknownName(name),
      hint: '`tankard env list` lists the environments with their names.',
    };
  const severalEnvironments = /^found multiple Environments in [^\n]*: ?\n([\s\S]*)$/.exec(
    text,
  )?.[1];
  if (severalEnvironments !== undefined) {
    const names = [...severalEnvironments.matchAll(/^ ?- (.*)$/gm)].map((match) => match[1]);
    return {
      message: 'the environment holds several inline environments',
      hint: `Choose one with --name: ${names.join(', ')}.`,
    };
  }
  // tk prints the expression in capitals (`(?I)`), so only the reason is repeated.
  const expression = /^error parsing regexp: ([^:\n]*)/i.exec(text)?.[1];
  if (expression !== undefined)
    return {
      message: `a target (-t) is not a regular expression: ${expression.toLowerCase()}`,
      hint: 'A target is a Go regular expression for the whole of Kind/name; tk splits it at commas.',
    };
  const flag = /^([a-z-]+) argument has wrong format: `[^`]*`/m.exec(text)?.[1];
  if (flag !== undefined)
    return {
      message: `an argument of --${flag} is not of the form NAME=VALUE`,
      hint: `Write --${flag} NAME=VALUE.`,
    };
  return undefined;
}

function unknownName(name: string): string {
  return `there is no inline environment named ${name}`;
}

/**
 * Whether a failure says that there is no inline environment of a name.
 *
 * @param message of a Failure of `showEnvironment`.
 */
export function isUnknownName(message: string, name: string | undefined): boolean {
  return name !== undefined && message.endsWith(unknownName(name));
}
