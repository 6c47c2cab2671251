import { expect, test } from 'vitest';
import { toJavaScriptPattern } from '../../lib/model/re2-pattern.ts';

test.each([
  ['^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', 'a-1', 'a-'],
  ['^(?i)(abort|warn)?$', 'ABORT', 'stop'],
  ['(?i)^[a-c]+$', 'aBC', 'abd'],
  ['^[[:alpha:]_]+$', 'a_B', 'a1'],
  ['\\A\\d+\\z', '12', '12a'],
  ['^(?P<year>\\d{4})$', '2026', '26'],
  ['^a\\-b\\_?$', 'a-b', 'ab'],
  ["^it\\'s$", "it's", 'its'],
  ['^\\pL+$', 'Ünï', 'a1'],
])('%s matches %j and not %j', (pattern, matching, other) => {
  const translated = toJavaScriptPattern(pattern);
  expect(translated).toBeDefined();
  const regExp = new RegExp(translated as string, 'u');
  expect([regExp.test(matching), regExp.test(other)]).toEqual([true, false]);
});

test.each(['(', 'a(?s).', '\\Qa.b\\E', '\\C'])('%s has no translation', (pattern) => {
  expect(toJavaScriptPattern(pattern)).toBeUndefined();
});
