import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { servePage } from '../../../lib/preview/page/serve-page.ts';
import { relationsOf } from '../../../lib/relations/relations-of.ts';
import type { Open, OpenPage } from '../../browser/describe-browser.ts';
import type { PlayedSession } from './played-session.ts';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');
const ASSETS = path.join(ROOT, 'dist', 'web');
/** Where people look at what the tests saw. */
const SHOTS = path.join(ROOT, 'test-artefacts', 'preview');

/** For what the page does by itself, on a slow machine. */
export const WAIT = { timeout: 10_000 };

/** Serves a session until the test ends. */
export async function serve(session: PlayedSession): Promise<string> {
  const server = await servePage({
    session,
    assets: ASSETS,
    port: 0,
    relations: (manifests) => relationsOf(manifests, { gateways: [] }),
  });
  onTestFinished(() => server.close());
  return server.url;
}

/** Opens the page of a session. */
export async function openPreview(
  open: Open,
  session: PlayedSession,
  { width = 1440, height = 900 } = {},
): Promise<OpenPage> {
  return open(await serve(session), { viewport: { width, height } });
}

/** Keeps what the page looks like now, for people. */
export async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: path.join(SHOTS, `${name}.png`), animations: 'disabled' });
}

/** A heading of the second level. */
export function heading(page: Page, name: string): ReturnType<Page['getByRole']> {
  return page.getByRole('heading', { name, level: 2 });
}

/** Expects of a text of the page what becomes true within a while. */
export function text(
  page: Page,
  selector: string,
  wait = WAIT,
): ReturnType<typeof expect.poll<string>> {
  return expect.poll(async () => (await page.locator(selector).allInnerTexts()).join('\n'), wait);
}

/** A line of the tree by its label; by the kind above it where several have the same. */
export function row(page: Page, label: string, kind?: string): ReturnType<Page['locator']> {
  const exact = page.locator('.label', { hasText: new RegExp(`^${label}$`) });
  const rows = page.locator('[role=treeitem]');
  if (kind === undefined) return rows.filter({ has: exact });
  return rows
    .filter({ has: page.locator('.label', { hasText: new RegExp(`^${kind}$`) }) })
    .locator('xpath=following-sibling::*')
    .filter({ has: exact })
    .first();
}

/** The resources that the tree shows, from top to bottom. */
export async function leaves(page: Page): Promise<string[]> {
  return page.locator('[role=treeitem][aria-level="3"] .label').allInnerTexts();
}

/** The label of the line of the tree that the keys act on. */
export async function activeRow(page: Page): Promise<string | undefined> {
  const id = await page.locator(':focus').getAttribute('aria-activedescendant');
  return page.locator(`[id="${id ?? ''}"] .label`).innerText();
}

/** Whether an element is between the upper and the lower edge of the window. */
export async function isInSight(page: Page, selector: string): Promise<boolean> {
  const box = await page.locator(selector).boundingBox();
  const height = page.viewportSize()?.height ?? 0;
  return box !== null && box.y >= 0 && box.y + box.height <= height;
}
