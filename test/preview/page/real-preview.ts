import type { Page } from 'playwright-core';
import { startLine, type Running } from '../../cli/running.ts';
import type { SavedProject } from '../../cli/saved-project.ts';

/** The built program that watches a project and serves the page. */
export interface RealPreview extends Running {
  readonly url: string;
}

/** Starts the built program, with stdout and stderr as one, until the test ends. */
export async function startPreview({ root }: SavedProject, port = 0): Promise<RealPreview> {
  const preview = startLine(`exec $TANKARD preview environments/x --port ${port} 2>&1`, {
    cwd: root,
  });
  const url = /at (http:\/\/127\.0\.0\.1:\d+\/\S+)/;
  const [, found = ''] = url.exec(await preview.until(url)) ?? [];
  return { ...preview, url: found };
}

/** Whether the page is the same as when it was marked: a reload would have lost the mark. */
export async function isStillMarked(page: Page): Promise<boolean> {
  return page.evaluate<boolean>('window.isMarked === true');
}

export async function mark(page: Page): Promise<void> {
  await page.evaluate('window.isMarked = true');
}
