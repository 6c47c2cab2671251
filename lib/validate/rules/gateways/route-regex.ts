import { regularExpressions, virtualServices } from '../../rendered/virtual-services.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/** A regular expression in a VirtualService is none that RE2 reads, or is too long. */
export const routeRegex: Rule = {
  code: 'gateways/route-regex',
  check(objects) {
    const found = virtualServices(objects).flatMap(({ manifest, routes }) =>
      routes.flatMap((route) =>
        regularExpressions(manifest, route).map((item) => ({ on: manifest, ...item })),
      ),
    );
    return found.length === 0 ? [] : findings(found);
  },
};

type Expression = Pick<RuleFinding, 'on'> & {
  readonly path: NonNullable<RuleFinding['path']>;
  readonly value: string;
};

/** In bytes. Source: istio/istio, pkg/config/validation, validateStringRegexp. */
const LONGEST = 1024;

async function findings(expressions: readonly Expression[]): Promise<RuleFinding[]> {
  const { RE2JS } = await import('re2js');
  const known = new Map<string, string | undefined>();
  return expressions.flatMap(({ on, path, value }) => {
    // Where a header must not be there, a star stands for any value.
    if (value === '*' && path.includes('withoutHeaders')) return [];
    if (!known.has(value))
      known.set(
        value,
        problemOf(value, (text) => RE2JS.compile(text)),
      );
    const problem = known.get(value);
    if (problem === undefined) return [];
    return [
      {
        on,
        path,
        fault: 'value' as const,
        value,
        message: `the regular expression ${problem}, and Istio refuses the VirtualService`,
        expected: 'a regular expression of RE2, which has no lookaround and no back references',
        hint: 'Match the start of a path with prefix, and the rest by a simpler expression.',
      },
    ];
  });
}

function problemOf(text: string, compile: (text: string) => unknown): string | undefined {
  if (text === '') return 'is empty';
  if (Buffer.byteLength(text) > LONGEST) return `has more than ${LONGEST} bytes`;
  try {
    compile(text);
    return undefined;
  } catch {
    return 'is none that RE2 reads';
  }
}
