import { describe, expect, test } from 'vitest';
import { tankard, tankardJson } from './tankard.ts';

const RULE = 'identity/service-account-missing';

describe('tankard rules', () => {
  test('lists at least 60 rules, each once, with severity and title', async () => {
    const { json, exitCode } = await tankardJson<{ rules: { id: string }[] }>(['rules']);
    expect(exitCode).toBe(0);
    expect(json.rules.length).toBeGreaterThanOrEqual(60);
    expect(new Set(json.rules.map(({ id }) => id)).size).toBe(json.rules.length);
    const { stdout } = await tankard(['rules']);
    expect(stdout.trim().split('\n')).toHaveLength(json.rules.length);
    expect(stdout).toMatch(new RegExp(`^${RULE} +warning  A workload names`, 'm'));
  });

  test('prints the page of one', async () => {
    const { stdout, exitCode } = await tankard(['rules', RULE]);
    expect(stdout).toMatch(new RegExp(`^# ${RULE}\\n.*## Wrong\\n.*## Right\\n`, 's'));
    expect(exitCode).toBe(0);
  });

  test('names the rule that was meant', async () => {
    const { stderr, exitCode } = await tankard(['rules', 'identity/service-acount-missing']);
    expect(stderr).toBe(
      `tankard: there is no rule "identity/service-acount-missing"\nDid you mean ${RULE}?\n`,
    );
    expect(exitCode).toBe(2);
  });

  test.each([
    ['service-account-missing', `Did you mean ${RULE}?`],
    ['gateways', '`tankard rules` lists them.'],
  ])('says of %s what may be meant', async (name, hint) => {
    const { stderr } = await tankard(['rules', name]);
    expect(stderr).toBe(`tankard: there is no rule "${name}"\n${hint}\n`);
  });
});
