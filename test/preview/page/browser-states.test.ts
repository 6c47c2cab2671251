import { expect, test } from 'vitest';
import { describeBrowser } from '../../browser/describe-browser.ts';
import { breakableLine } from './breakable-line.ts';
import { openPreview, row, serve, shoot, text, WAIT } from './page-driver.ts';
import { PlayedSession } from './played-session.ts';
import { openShop, rendered, savedShop, SHOP, SYNTAX, WRONG_PROBE } from './shop.ts';

describeBrowser('the page of a preview that is not well', (open) => {
  test('a broken environment says why, and keeps its last good state', async () => {
    const session = openShop();
    const { page, problems } = await openPreview(open, session);
    await row(page, 'settings').click();
    await text(page, '.cm-content').toContain('log-level: info');
    session.save(SHOP, { problem: { findings: [SYNTAX] } });
    await text(page, '.problem').toContain('expected a comma');
    const link = page.getByRole('link', { name: 'environments/shop/main.jsonnet:12:5' });
    expect(await link.getAttribute('href')).toContain('main.jsonnet:12:5');
    expect(await page.locator('.cm-content').innerText()).toContain('log-level: info');
    expect(await page.locator('.problem').innerText()).toContain('last good state');
    await text(page, '[data-announcement]').toBe(
      `The environment does not render: ${SYNTAX.message}`,
    );
    await shoot(page, 'broken');
    session.save(SHOP, { yaml: rendered('shop') });
    await expect.poll(() => page.locator('.problem').count(), WAIT).toBe(0);
    await text(page, '[data-announcement]').toBe('Saved: it renders again, nothing changed.');
    expect(problems).toEqual([]);
  });

  test('an environment that never rendered is not called good', async () => {
    const session = new PlayedSession({ [SHOP]: undefined });
    const { page, problems } = await openPreview(open, session);
    await text(page, 'main').toContain('Rendering for the first time.');
    session.save(SHOP, { problem: { findings: [SYNTAX] } });
    await text(page, '.problem').toContain('expected a comma');
    await page.keyboard.press('f');
    await text(page, 'main').toContain('It has not rendered since the preview started.');
    expect(await page.locator('main').innerText()).not.toMatch(/nothing is wrong|good state/i);
    session.save(SHOP, { yaml: rendered('shop') });
    await text(page, 'main').toContain('Nothing is wrong.');
    expect(problems).toEqual([]);
  });

  test('the first render is not announced as a save', async () => {
    const session = new PlayedSession({ [SHOP]: undefined });
    const { page } = await openPreview(open, session);
    await text(page, 'main').toContain('Rendering for the first time.');
    session.save(SHOP, { yaml: rendered('shop') });
    await row(page, 'settings').waitFor(WAIT);
    expect(await page.locator('[data-announcement]').innerText()).toBe('');
  });

  test('the page reconnects, and shows what was saved meanwhile', async () => {
    const session = openShop();
    const url = await serve(session);
    const line = await breakableLine(Number(new URL(url).port));
    const { page } = await open(url.replace(new URL(url).port, String(line.port)));
    await text(page, '.connection').toContain('live');
    await line.cut();
    await text(page, '.connection').toContain('reconnecting');
    await text(page, '.strip.warning').toContain('The preview does not answer');
    await shoot(page, 'reconnecting');
    session.save(SHOP, { yaml: savedShop() });
    await line.mend();
    await text(page, '.connection').toContain('live');
    await expect.poll(() => page.locator('.changes > li').count(), WAIT).toBe(4);
    expect(await page.locator('.strip').count()).toBe(0);
  });

  test('what the preview does, and what it says of itself, is shown', async () => {
    const session = openShop();
    session.save(SHOP, { findings: [WRONG_PROBE] });
    const { page, problems } = await openPreview(open, session);
    const line = page.locator('.environment', { hasText: 'shop' });
    await expect.poll(() => line.innerText(), WAIT).toMatch(/240 ms/);
    expect(await page.title()).toBe('1 error: environments/shop – Tankard preview');
    session.startRendering(SHOP);
    await expect.poll(() => line.innerText(), WAIT).toMatch(/rendering/);
    session.notice({ severity: 'error', message: 'tankard.yaml is wrong', hint: 'See line 3.' });
    await text(page, '.strip.error').toContain('tankard.yaml is wrong\nSee line 3.');
    expect(problems).toEqual([]);
  });
});
