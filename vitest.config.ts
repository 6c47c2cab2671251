import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    // Suites start tk, Go builds and compilers; the machine's cores are what limits them.
    testTimeout: 60_000,
    hookTimeout: 600_000,
  },
});
