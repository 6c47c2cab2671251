import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { findExecutable } from '../../lib/tools/find-executable.ts';
import { isCi } from '../cluster/programs.ts';

/** A page in a browser, and what went wrong in it. */
export interface OpenPage {
  readonly page: Page;
  /** Errors of its scripts and of its console, requests that failed, and requests for what is elsewhere. */
  readonly problems: readonly string[];
}

/** Opens a file, or an address of this machine, in a tab of its own. */
export type Open = (place: string, options?: BrowserContextOptions) => Promise<OpenPage>;

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/**
 * A suite with a headless Chromium. With CI set it always runs; elsewhere it is skipped where there is none, and says so.
 *
 * @param suite gets a function that opens a page, to be called in tests.
 */
export function describeBrowser(name: string, suite: (open: Open) => void): void {
  const program = NAMES.map((one) => findExecutable(one)).find((one) => one !== undefined);
  const skips = program === undefined && !isCi();
  if (skips)
    console.log(
      `skipped: ${name}: there is no Chromium on PATH; \`apt-get install chromium\`, or CI=1 .ci/run`,
    );
  describe.skipIf(skips)(name, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      if (program === undefined) throw new Error('there is no Chromium on PATH');
      // A container's root may not have a sandbox; the pages are our own.
      browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] });
    });
    afterAll(() => browser?.close());
    suite(async (place, options) => {
      if (browser === undefined) throw new Error('the browser runs only in tests');
      return openPage(browser, place, options);
    });
  });
}

async function openPage(
  browser: Browser,
  place: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });
  const url = place.startsWith('http:') ? new URL(place) : pathToFileURL(place);
  page.on('requestfailed', (request) => {
    // A page may end a request whose answer it no longer needs.
    const isEnded = request.failure()?.errorText === 'net::ERR_ABORTED';
    if (!isEnded) problems.push(`failed: ${request.url()}`);
  });
  page.on('request', (request) => {
    const asked = new URL(request.url());
    const isOwn = asked.protocol === 'http:' && asked.origin === url.origin;
    if (!isOwn && !['file:', 'data:'].includes(asked.protocol))
      problems.push(`asked for ${asked.href}`);
  });
  await page.goto(url.href);
  return { page, problems };
}
