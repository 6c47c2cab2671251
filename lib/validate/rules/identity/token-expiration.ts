import type { Rule } from '../rule.ts';
import { projectedTokens } from './shared/projected-tokens.ts';

const SHORTEST = 600;
const LONGEST = 2 ** 32;

/** The lifetime of a projected token that the API server refuses. */
export const tokenExpiration: Rule = {
  code: 'identity/token-expiration',
  *check(objects) {
    for (const pod of objects.pods)
      for (const { path, value: token } of projectedTokens(pod)) {
        const value = token['expirationSeconds'];
        if (typeof value !== 'number' || (value >= SHORTEST && value <= LONGEST)) continue;
        yield {
          on: pod.manifest,
          path: [...path, 'expirationSeconds'],
          fault: 'value',
          value,
          message: `the API server refuses a token of ${value} seconds: it must live from 10 minutes to 2^32 seconds`,
          expected: `${SHORTEST} to ${LONGEST}`,
        };
      }
  },
};
