import { type DefectClass, edited, type Valid } from '../corpus.ts';

const TEXTS: { readonly [field: string]: readonly string[] } = {
  ipv4: ['256.1.1.1', '10.0.0', '010.0.0.1', '::ffff:1.2.3.4', ''],
  ipv6: ['2001:db8', '10.0.0.1', '::', '1::2::3', 'fe80::1%eth0'],
  cidr: ['10.0.0.0', '10.0.0.0/33', '::/129', '::/0', '10.0.0.1/8'],
  mac: ['00:00:5e:00:53', '00-00-5e-00-53-01', '0000.5e00.5301', '00:00-5e:00:53:01'],
  uri: [
    'a b',
    '/path',
    'mailto:a@b',
    'http://a b/',
    'http://[::1',
    '',
    'example.com',
    'http://a/%zz',
  ],
  email: ['ops', 'ops@', 'Ops <ops@example.com>', 'a b@c', '"a b"@c.d'],
  hostname: ['-a', 'a_b', 'a.b', 'web.example.c0m', 'x'.repeat(64), 'web'],
  uuid: ['123e4567', '123e4567e89b12d3a456426614174000', 'X23e4567-e89b-12d3-a456-426614174000'],
  uuid4: ['123e4567-e89b-12d3-a456-426614174000', '123E4567-E89B-42D3-A456-426614174000'],
  byte: ['', 'YQ', 'YQ==\n', 'YQ==', 'a b'],
  date: ['2026-02-29', '2024-02-29', '2026-2-1', '2026-13-01', '2026-01-02T00:00:00Z'],
  'date-time': [
    '2026-02-30T00:00:00Z',
    '2026-01-02T24:00:00Z',
    '2026-01-02t00:00:00z',
    '2026-01-02 00:00:00Z',
    '2026-01-02T00:00:00',
    '2026-01-02T00:00:00.123+01:00',
  ],
  duration: ['1h', '1 day', '1.5 days', '5', 'soon', '-1h', '1x', 'P1D'],
  shortName: ['Web', 'a.b', 'x'.repeat(63), 'x'.repeat(64), '1a'],
  longName: ['Web', 'a.b', 'a..b', 'x'.repeat(254)],
  hexcolor: ['ff0000', '#ff', 'red'],
  unknown: ['', 'anything else'],
};

/** Formats of strings that the API server checks in custom resources, right and wrong. */
export const formats: DefectClass = {
  name: 'custom resource format',
  cases: (valid) => {
    const check = valid.find(({ kind }) => kind.kind === 'Check') as Valid;
    return Object.entries(TEXTS).flatMap(([field, texts]) =>
      texts.map((text) => ({
        name: `${field} ${JSON.stringify(text.slice(0, 30))} (${text.length})`,
        value: edited(check, ['spec', field], text),
      })),
    );
  },
};
