import { virtualServiceRule } from './route-rule.ts';

/** A match stands in an earlier rule, letter by letter, which takes all its requests. */
export const matchDuplicate = virtualServiceRule(
  'gateways/match-duplicate',
  function* check({ routes }) {
    const seen = new Map<string, string>();
    for (const { protocol, match, path: rule } of routes) {
      for (const { path, value } of match) {
        const { name: _name, ...conditions } = value;
        const key = `${protocol} ${canonical(conditions)}`;
        const earlier = seen.get(key);
        if (earlier !== undefined)
          yield {
            path,
            fault: 'value',
            message: `the rule ${earlier} matches the same, so this is never used`,
            expected: 'a match of its own',
          };
        else seen.set(key, String(rule.at(-1)));
      }
    }
  },
);

/** As JSON, members in the order of their names. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
