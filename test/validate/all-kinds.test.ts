import { expect, test } from 'vitest';
import { compileValidator } from '../../lib/validate/compile-validator.ts';
import { sharedUpstream } from './shared-upstream.ts';

test('every upstream kind lowers and compiles, to the same bytes each time', async () => {
  const upstream = await sharedUpstream();
  const start = performance.now();
  let bytes = 0;
  for (const kind of upstream.kinds()) {
    const schema = await upstream.loadSchema(kind);
    const code = compileValidator(kind, schema);
    bytes += code.length;
    // The cheap kinds twice; what the text depends on is the same for all.
    if (code.length < 30_000) expect(compileValidator(kind, schema)).toBe(code);
  }
  const count = upstream.kinds().length;
  console.log(
    `${count} kinds, ${Math.round(bytes / 1024)} KiB, ${Math.round(performance.now() - start)} ms`,
  );
  expect(count).toBeGreaterThan(170);
}, 300_000);
