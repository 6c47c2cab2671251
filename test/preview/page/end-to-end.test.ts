import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeBrowser, type Open, type OpenPage } from '../../browser/describe-browser.ts';
import { credentialForms, mainWithCredentials } from './credentials.ts';
import {
  FIRST,
  istioProject,
  savedProject,
  withWrongName,
  type SavedProject,
} from '../../cli/saved-project.ts';
import { positionIn } from '../../cli/tankard.ts';
import { heading, leaves, row, shoot, text } from './page-driver.ts';
import { ask, readEvents } from './page-site.ts';
import { isStillMarked, mark, startPreview, type RealPreview } from './real-preview.ts';

/** For a render and the page, on a loaded machine. */
const WAIT = { timeout: 40_000 };
const TEST = { timeout: 240_000 };

/** A project that is watched, and its page after the first render. */
async function openProject(
  open: Open,
  project: SavedProject,
): Promise<OpenPage & { readonly preview: RealPreview }> {
  const preview = await startPreview(project);
  const opened = await open(preview.url, { viewport: { width: 1440, height: 900 } });
  await preview.until(FIRST);
  await text(opened.page, '.overview', WAIT).toMatch(/\d resources? in \d/);
  return { ...opened, preview };
}

describeBrowser('the page of a real preview', (open) => {
  test('a save, a mistake in the syntax, and mending them, without a reload', TEST, async () => {
    const project = await istioProject();
    const { page, problems, preview } = await openProject(open, project);
    await mark(page);
    await project.save(withWrongName(project.main));
    await text(page, '.changes', WAIT).toContain('spec.servers[0].tls.credentialName');
    expect(await page.locator('.changes > li').count()).toBe(1);
    expect(await page.locator('.changes del').allInnerTexts()).toEqual(['wild-cert']);
    expect(await page.locator('.changes ins').allInnerTexts()).toEqual(['wild-crt']);
    await text(page, '[data-announcement]').toBe(
      'Saved: Gateway wordpress/wordpress-gateway changed, 1 new warning.',
    );
    await page.getByRole('button', { name: '1 new finding' }).click();
    await heading(page, 'Findings').waitFor(WAIT);
    await text(page, 'main').toContain('wild-crt');
    const { line, column } = positionIn(withWrongName(project.main), "'wild-crt'");
    const place = `environments/x/main.jsonnet:${line}:${column}`;
    const link = page.getByRole('link', { name: place });
    expect(await link.getAttribute('href')).toBe(`vscode://file${project.root}/${place}`);
    const shown = await page.locator('.card .message > span:last-child').innerText();
    const message = shown.replace(/\s*new$/, '');
    const said = await preview.until(place);
    expect(said).toContain('~ Gateway wordpress/wordpress-gateway');
    expect(said).toContain('spec.servers[0].tls.credentialName: "wild-cert" -> "wild-crt"');
    expect(said).toContain(message);
    await shoot(page, 'real-findings');

    const broken = `${withWrongName(project.main)}}`;
    await project.save(broken);
    await text(page, '.problem', WAIT).toContain('last good state');
    const last = positionIn(`${broken}#`, '}#');
    const end = page.locator('.problem').getByRole('link');
    expect(await end.getAttribute('href')).toMatch(`main.jsonnet:${last.line}:1`);
    await text(page, 'main').toContain(message);
    await text(page, '[data-announcement]').toContain('The environment does not render');
    await shoot(page, 'real-broken');

    await project.save(project.main);
    await expect.poll(() => page.locator('.problem').count(), WAIT).toBe(0);
    await expect.poll(() => page.locator('.is-gone s').allInnerTexts(), WAIT).toEqual([message]);
    await text(page, '[data-announcement]').toContain('1 finding gone');
    await preview.until(/mended, 1 changed, 1 warning gone/);
    expect(await isStillMarked(page)).toBe(true);
    expect(problems).toEqual([]);
  });

  test(
    'by keys alone to the diff of what a save changed, from the list and from the tree',
    TEST,
    async () => {
      const project = await istioProject();
      const { page, problems } = await openProject(open, project);
      expect(await leaves(page)).toContain('wordpress-gateway');
      await project.save(withWrongName(project.main));
      await text(page, '.changes', WAIT).toContain('credentialName');
      await page.keyboard.press('j');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await text(page, '.cm-merge-a .cm-changedLine').toContain('credentialName: wild-cert');
      await text(page, '.cm-merge-b .cm-changedLine').toContain('credentialName: wild-crt');
      await shoot(page, 'real-diff');
      await page.keyboard.press('t');
      await page.keyboard.type('wordpress-gateway');
      await page.keyboard.press('Enter');
      await page.keyboard.press('1');
      await text(page, '.cm-finding-line').toContain('credentialName: wild-crt');
      await page.keyboard.press('j');
      await page.locator('.cm-findings-widget').waitFor(WAIT);
      await shoot(page, 'real-yaml');
      // Letters are the tree's own as long as it has the focus.
      await page.keyboard.press('Escape');
      await page.keyboard.press('g');
      await text(page, '.graph-card').toMatch(/missing Secret\s+wild-crt/);
      await shoot(page, 'real-graph');
      expect(problems).toEqual([]);
    },
  );

  test('compares with the last commit', TEST, async () => {
    const project = await istioProject();
    const git = (...args: string[]): string =>
      execFileSync('git', args, { cwd: project.root, encoding: 'utf8' });
    git('init', '-q');
    git('add', '.');
    git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qm', 'First');
    const head = `HEAD (${git('rev-parse', 'HEAD').slice(0, 7)})`;
    const { page, problems } = await openProject(open, project);
    await page.getByText('git HEAD').click();
    await text(page, 'main', WAIT).toContain(`Nothing differs from ${head}.`);
    await project.save(withWrongName(project.main));
    await text(page, '.changes', WAIT).toContain('credentialName');
    await project.save(withWrongName(project.main).replace("'wordpress-gateway'", "'gateway'"));
    await text(page, '.changes .word', WAIT).toBe('removed\nadded');
    expect(await page.locator('main').innerText()).toContain(`since ${head}`);
    await page.getByText('last save').click();
    await text(page, 'main', WAIT).toContain('by the last save');
    expect(problems).toEqual([]);
  });

  test(
    'says when the preview has ended, and keeps what it said last, also beside a new one',
    TEST,
    async () => {
      const project = await istioProject();
      const { page, preview } = await openProject(open, project);
      await project.save(withWrongName(project.main));
      await text(page, '.changes', WAIT).toContain('credentialName');
      preview.signal('SIGTERM');
      await preview.ended;
      await text(page, '.connection', WAIT).toBe('reconnecting');
      await text(page, '.strip.warning').toContain('The preview does not answer');
      await text(page, '.changes').toContain('credentialName');

      const next = await startPreview(project, Number(new URL(preview.url).port));
      expect(new URL(next.url).host).toBe(new URL(preview.url).host);
      await next.until('1 warning');
      const asked = page.waitForResponse((response) => response.status() === 403, WAIT);
      expect((await asked).url()).toContain('/api/events');
      await text(page, '.connection').toBe('reconnecting');
      await text(page, '.changes').toContain('credentialName');
      await text(page, '.strip.warning').toContain('another URL');
      await shoot(page, 'real-ended');
    },
  );

  test('says what is wrong with tankard.yaml, line by line', TEST, async () => {
    const config = "kubernetes: '1.34'\n";
    const project = await istioProject({ 'tankard.yaml': config });
    const { page, problems, preview } = await openProject(open, project);
    const file = path.join(project.root, 'tankard.yaml');
    await writeFile(file, `${config}rules: [\n`);
    await text(page, '.strip.error', WAIT).toContain('tankard.yaml is not YAML');
    const quoted = await page.locator('.strip .quoted').innerText();
    expect(quoted).toMatch(/^ *1 \| kubernetes: '1.34'\n *2 \| rules: \[\n.*\^$/s);
    await preview.until('tankard.yaml is not YAML');
    await shoot(page, 'real-config');
    await writeFile(file, config);
    await expect.poll(() => page.locator('.strip').count(), WAIT).toBe(0);
    expect(problems).toEqual([]);
  });

  test(
    'shows no credential, neither on the page nor in an answer nor in the terminal',
    TEST,
    async () => {
      const project = await savedProject(mainWithCredentials(0));
      const preview = await startPreview(project);
      const events = readEvents(preview);
      const { page } = await open(preview.url);
      const heard: Promise<string>[] = [];
      page.on('response', (response) => {
        if (!response.url().endsWith('/api/events')) heard.push(response.text().catch(() => ''));
      });
      const seen: string[] = [];
      const look = async (): Promise<void> => {
        for (const view of ['Changes', 'Findings', 'Graph']) {
          await page.locator('.views .label', { hasText: view }).click();
          await page.locator('main > *').last().waitFor(WAIT);
          seen.push(await page.content());
        }
        for (const name of await leaves(page)) {
          await row(page, name).click();
          await heading(page, name).waitFor(WAIT);
          for (const tab of ['YAML', 'Diff', 'In the cluster']) {
            await page.getByRole('tab', { name: tab }).click();
            seen.push(await page.content());
          }
        }
      };
      await row(page, 'docker').waitFor(WAIT);
      await look();
      await project.save(mainWithCredentials(100));
      await text(page, '.word.current', WAIT).not.toBe('');
      await preview.until(/8 changed/);
      await look();
      // A mistake in a line with a credential.
      await project.save(mainWithCredentials(200).replace("std.base64('", "std.base64(('"));
      await page.locator('.problem').waitFor(WAIT);
      await preview.until('broken');
      await look();
      expect(seen.join('\n')).toContain('AgB-encrypted-may-show');
      const all = [...(await Promise.all(heard)), ...seen, ...events.events, preview.stdout()];
      for (const from of [0, 100, 200])
        for (const form of credentialForms(from))
          expect(all.filter((one) => one.includes(form))).toEqual([]);
    },
  );

  test('shows 2,000 resources and what a save changes in them', TEST, async () => {
    const project = await savedProject(largeMain('one'));
    const { page, problems, preview } = await openProject(open, project);
    await text(page, '.overview').toContain('2,000 resources in 4 namespaces');
    const elements = (): Promise<number> => page.locator('*').count();
    expect(await elements()).toBeLessThan(1500);
    await page.keyboard.press('t');
    await page.keyboard.press('End');
    await row(page, 'app-1999').waitFor(WAIT);
    const began = performance.now();
    await project.save(largeMain('two'));
    await text(page, '.changes', WAIT).toContain('data.value');
    const took = Math.round(performance.now() - began);
    const told = /environments\/x {2}(\S+ \w+)  1 changed/.exec(await preview.until('1 changed'));
    console.log(`2,000 resources: a save is on the page after ${took} ms; said: ${told?.[1]}`);
    expect(await page.locator('.changes ins').allInnerTexts()).toEqual(['two']);
    expect(await elements()).toBeLessThan(1500);
    await page.keyboard.press('Enter');
    await text(page, '.cm-content').toContain('value: two');
    await shoot(page, 'real-large');
    expect(problems).toEqual([]);
  });

  test('refuses whoever is not its page', TEST, async () => {
    const { url } = await startPreview(await istioProject());
    const { port, pathname } = new URL(url);
    const otherToken = pathname.slice(1, -1).replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
    const status = async (place: string, headers: Record<string, string> = {}): Promise<number> =>
      (await ask(Number(port), place, { headers })).status;
    for (const place of [pathname, `${pathname}api/environment?id=environments/x`]) {
      expect(await status(place)).toBe(200);
      expect(await status(place, { host: `attacker.example:${port}` })).toBe(403);
      expect(await status(place, { origin: 'https://attacker.example' })).toBe(403);
      expect(await status(place, { origin: 'null' })).toBe(403);
      expect(await status(place, { origin: `http://127.0.0.1:${port}` })).toBe(200);
      expect(await status(place, { 'sec-fetch-site': 'cross-site' })).toBe(403);
      expect(await status(place.replace(pathname, '/'))).toBe(403);
      expect(await status(place.replace(pathname, `${pathname.slice(0, -1)}A/`))).toBe(403);
      expect(await status(place.replace(pathname, `/${otherToken}/`))).toBe(403);
    }
  });

  test('all tabs get an update, also more than a browser has connections', TEST, async () => {
    const project = await istioProject();
    const { page, preview } = await openProject(open, project);
    const pages = [page];
    const openTab = async (): Promise<void> => {
      const tab = await page.context().newPage();
      await tab.goto(preview.url);
      await row(tab, 'wordpress-gateway').waitFor(WAIT);
      pages.push(tab);
    };
    await openTab();
    await project.save(withWrongName(project.main));
    for (const one of pages) await text(one, '.changes', WAIT).toContain('credentialName');
    await project.save(project.main);
    for (const one of pages) await text(one, '.changes ins', WAIT).toBe('wild-cert');
    while (pages.length < 8) {
      for (const one of pages) await setVisible(one, false);
      await openTab();
    }
    await project.save(withWrongName(project.main));
    for (const one of pages) {
      for (const other of pages) if (other !== one) await setVisible(other, false);
      await setVisible(one, true);
      await text(one, '.changes ins', WAIT).toBe('wild-crt');
      await text(one, '.connection').toBe('live');
    }
    for (const one of pages) await setVisible(one, false);
    await project.save(project.main);
    const titles = async (): Promise<string[]> => Promise.all(pages.map((one) => one.title()));
    const isWarning = (title: string): boolean => title.startsWith('1 warning');
    await expect
      .poll(async () => (await titles()).filter(isWarning).length, WAIT)
      .toBe(pages.length - 1);
  });
});

/** 2,000 ConfigMaps; a value of the last one is given. */
function largeMain(value: string): string {
  return `[{
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'app-%d' % i, namespace: 'team-%d' % std.floor(i / 500) },
    data: { value: if i == 1999 then '${value}' else 'zero' },
  } for i in std.range(0, 1999)]`;
}

/** Plays what the browser says when its user turns to another tab, or back; a headless one shows all tabs. */
async function setVisible(page: Page, isVisible: boolean): Promise<void> {
  const state = isVisible ? 'visible' : 'hidden';
  await page.evaluate(
    `Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true });
     document.dispatchEvent(new Event('visibilitychange'));`,
  );
}
