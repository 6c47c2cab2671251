import { expect, test } from 'vitest';
import {
  CUSTOM_RESOURCE_FORMATS,
  customResourceFormat,
} from '../../lib/model/custom-resource-formats.ts';

test.each([
  ['date-time', '2026-02-28T10:00:00Z', '2026-02-30T10:00:00Z'],
  ['date', '2024-02-29', '2026-02-29'],
  ['duration', '1.5 days', 'soon'],
  ['byte', 'YQ==', ''],
  ['ipv4', '010.0.0.1', '10.0.0'],
  ['ipv6', '::ffff:1.2.3.4', 'fe80::1%eth0'],
  ['cidr', '::/0', '10.0.0.0/33'],
  ['mac', '0000.5e00.5301', '00:00-5e:00:53:01'],
  ['uri', '/path', 'example.com'],
  ['email', 'Ops <ops@example.com>', 'ops@'],
  ['hostname', 'web.example.com', 'a_b'],
  ['uuid4', '123E4567-E89B-42D3-A456-426614174000', '123e4567-e89b-12d3-a456-426614174000'],
  ['k8s-short-name', '1a', 'a.b'],
  ['hexcolor', 'ff0000', 'red'],
])('%s takes %s and not %s', (format, right, wrong) => {
  const pattern = CUSTOM_RESOURCE_FORMATS[customResourceFormat(format) ?? ''];
  expect([pattern?.test(right), pattern?.test(wrong)]).toEqual([true, false]);
});

test('other formats are not checked', () => {
  expect(customResourceFormat('of-our-own')).toBeUndefined();
});

test('no text takes long', () => {
  const texts = ['a', '1', '1 ', 'a.', ':', '/', '%', '-', ' ', '"a', '=', '0:', '1h'].map(
    (part) => `${part.repeat(5000)}!`,
  );
  const start = performance.now();
  for (const pattern of Object.values(CUSTOM_RESOURCE_FORMATS))
    for (const text of texts) pattern.test(text);
  expect(performance.now() - start).toBeLessThan(3000);
});
