import net from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { STRING_FORMATS } from '../../lib/model/string-formats.ts';

/** Texts that are addresses, or nearly. */
const nearAddresses = fc
  .array(
    fc.constantFrom(
      '1',
      '0',
      'a',
      'FFFF',
      '12345',
      ':',
      '::',
      '1:',
      '1:2:3:',
      '.',
      '1.2.3.4',
      '256.1.1.1',
      '01.1.1.1',
      'g',
    ),
    { maxLength: 10 },
  )
  .map((parts) => parts.join(''));

test('IP addresses are what Node takes for one', () => {
  fc.assert(
    fc.property(fc.oneof(nearAddresses, fc.ipV4(), fc.ipV6(), fc.string()), (text) => {
      const { ipv4, ipv6 } = STRING_FORMATS;
      expect([ipv4?.test(text), ipv6?.test(text)]).toEqual([
        net.isIPv4(text),
        // Node also takes the name of an interface, which neither Go nor the API server does.
        net.isIPv6(text) && !text.includes('%'),
      ]);
    }),
    { numRuns: 5000 },
  );
});
