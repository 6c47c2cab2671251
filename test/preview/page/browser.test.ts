import { expect, test } from 'vitest';
import { describeBrowser } from '../../browser/describe-browser.ts';
import { manyResources } from './many-resources.ts';
import {
  activeRow,
  heading,
  isInSight,
  leaves,
  openPreview,
  row,
  serve,
  shoot,
  text,
  WAIT,
} from './page-driver.ts';
import { PlayedSession } from './played-session.ts';
import {
  ISTIO,
  NO_ROLE,
  openShop,
  rendered,
  savedShop,
  SHOP,
  SYNTAX,
  WRONG_PROBE,
} from './shop.ts';
import { weakTexts } from './weak-texts.ts';

describeBrowser('the page of the preview', (open) => {
  test('selecting a resource shows its YAML, and a reload shows it again', async () => {
    const { page, problems } = await openPreview(open, openShop());
    await row(page, 'settings').click();
    await text(page, '.cm-content').toContain('log-level: info');
    expect(await page.locator('h2', { hasText: 'settings' }).innerText()).toBe(
      'ConfigMap settings',
    );
    await page.reload();
    await text(page, '.cm-content').toContain('log-level: info');
    expect(await row(page, 'settings').getAttribute('aria-selected')).toBe('true');
    await page.goBack();
    await heading(page, 'Changes').waitFor(WAIT);
    expect(problems).toEqual([]);
  });

  test('searching finds resources by name, kind, namespace and finding', async () => {
    const session = openShop();
    session.save(SHOP, { findings: [WRONG_PROBE] });
    const { page, problems } = await openPreview(open, session);
    await page.keyboard.press('/');
    for (const [words, found] of [
      ['web', ['web', 'web']],
      ['kind:service ns:shop', ['checkout', 'web', 'checkout']],
      ['istio-system', ['public']],
      ['no integer', ['checkout']],
      ['is:error', ['checkout']],
      ['nonesuch', []],
    ] as const) {
      await page.keyboard.press('Control+a');
      await page.keyboard.type(words);
      await expect.poll(() => leaves(page), WAIT).toEqual(found);
    }
    await page.keyboard.press('Control+a');
    await page.keyboard.type('public');
    await page.keyboard.press('Enter');
    await text(page, '.cm-content').toContain('kind: Gateway');
    expect(problems).toEqual([]);
  });

  test('a save is shown without a reload: what changed, what is wrong, and where', async () => {
    const session = openShop();
    const { page, problems } = await openPreview(open, session);
    await heading(page, 'Changes').waitFor(WAIT);
    await page.evaluate('window.isSamePage = true');
    session.save(SHOP, { yaml: savedShop(), findings: [WRONG_PROBE, NO_ROLE] });
    const cards = page.locator('.changes > li');
    await expect.poll(() => cards.count(), WAIT).toBe(4);
    const [settings, checkout, budget, metrics] = await cards.allInnerTexts();
    expect(settings).toContain('data.timeout');
    expect(checkout).toContain('spec.replicas');
    expect(checkout).toContain('spec.template.spec.containers[name=checkout].image');
    expect(budget).toContain('removed');
    expect(metrics).toContain('added');
    await text(page, '[data-announcement]').toBe(
      'Saved: 4 resources changed, 1 new error, 1 new warning.',
    );
    await page.keyboard.press('f');
    const link = page.getByRole('link', { name: 'environments/shop/main.jsonnet:23:27' });
    expect(await link.getAttribute('href')).toMatch(
      /^vscode:\/\/file\/srv\/shop\/environments\/shop\/main\.jsonnet:23:27$/,
    );
    await expect.poll(() => page.locator('.badge', { hasText: 'new' }).count()).toBe(2);
    session.save(SHOP, { findings: [NO_ROLE] });
    await expect.poll(() => page.locator('s').allInnerTexts(), WAIT).toEqual([WRONG_PROBE.message]);
    expect(await page.evaluate('window.isSamePage')).toBe(true);
    expect(problems).toEqual([]);
  });

  test('an update keeps the selection, the scrolling and the focus', async () => {
    const session = openShop();
    const { page, problems } = await openPreview(open, session, { height: 500 });
    await row(page, 'checkout', 'Deployment').click();
    const scroller = page.locator('.cm-scroller');
    await text(page, '.cm-content').toContain('replicas: 2');
    await scroller.evaluate((one) => one.scrollTo({ top: 300 }));
    await page.locator('.cm-content').focus();
    session.save(SHOP, { yaml: savedShop() });
    await expect.poll(() => page.locator('.cm-changed-line').count(), WAIT).toBeGreaterThan(0);
    await expect.poll(() => page.locator('.cm-fresh-line').count(), WAIT).toBeGreaterThan(0);
    expect(await scroller.evaluate((one) => one.scrollTop)).toBe(300);
    expect(await page.locator('.cm-content:focus').count()).toBe(1);
    expect(await row(page, 'checkout', 'Deployment').getAttribute('aria-selected')).toBe('true');
    await text(page, '.cm-content').toContain('checkout:1.15.0');
    expect(problems).toEqual([]);
  });

  test('findings stand under their lines, with the link to the Jsonnet', async () => {
    const session = openShop();
    session.save(SHOP, { findings: [WRONG_PROBE, NO_ROLE] });
    const { page, problems } = await openPreview(open, session);
    await page.keyboard.press('f');
    await page.getByRole('button', { name: 'Deployment shop/checkout' }).first().click();
    const note = page.locator('.cm-findings-widget', { hasText: 'no integer' });
    await note.waitFor(WAIT);
    expect(await note.innerText()).toContain('Write the number of seconds: 5.');
    const line = page.locator('.cm-finding-line.error');
    expect(await line.innerText()).toContain('periodSeconds: 5');
    expect(await note.getByRole('link').getAttribute('href')).toContain('main.jsonnet:23:27');
    await expect.poll(() => isInSight(page, '.cm-finding-line.error')).toBe(true);
    await page.keyboard.press('j');
    await page.locator('.cm-findings-widget', { hasText: 'no container' }).waitFor(WAIT);
    expect(problems).toEqual([]);
  });

  test('the diff is side by side, and unified where there is no room for two', async () => {
    const session = openShop();
    session.save(SHOP, { yaml: savedShop() });
    const { page, problems } = await openPreview(open, session);
    await row(page, 'checkout', 'Deployment').click();
    await page.getByRole('tab', { name: /^Diff/ }).click();
    await text(page, '.cm-merge-a .cm-changedLine').toContain('replicas: 2');
    await text(page, '.cm-merge-b .cm-changedLine').toContain('replicas: 4');
    expect(await page.locator('.summary').innerText()).toContain('spec.replicas');
    await row(page, 'checkout', 'PodDisruptionBudget').click();
    await text(page, '.summary').toBe('The last save removed it.');
    await text(page, '.cm-deletedChunk').toContain('minAvailable: 1');
    await page.goBack();
    await text(page, '.cm-merge-a .cm-changedLine').toContain('replicas: 2');
    expect(await page.locator('.cm-collapsedLines').count()).toBeGreaterThan(0);
    await page.setViewportSize({ width: 390, height: 844 });
    await text(page, '.cm-deletedChunk').toContain('replicas: 2');
    await text(page, '.cm-changedLine, .cm-insertedLine').toContain('replicas: 4');
    await shoot(page, 'diff-narrow');
    expect(problems).toEqual([]);
  });

  test('another base is compared with, and one that cannot be had says why', async () => {
    const session = openShop();
    session.bases.set('head', rendered('shop').replace('web:2.3.0', 'web:2.2.0'));
    const { page } = await openPreview(open, session);
    await page.getByText('git HEAD').click();
    await text(page, '.changes').toContain('registry.example.org/shop/web:2.2.0');
    expect(await page.locator('main').innerText()).toContain('since HEAD (12fc616)');
    await page.getByText('cluster', { exact: true }).click();
    await text(page, '.strip.error').toContain('the cluster of this environment cannot be reached');
    await text(page, '.overview').toContain('12 resources');
    session.bases.set('cluster', rendered('shop').replace('replicas: 3', 'replicas: 7'));
    await page.getByRole('button', { name: 'Try again' }).click();
    await text(page, '.changes').toContain('spec.replicas');
    expect(await page.locator('.strip.error').count()).toBe(0);
  });

  test('an answer that comes late does not replace what was chosen since', async () => {
    const session = openShop();
    session.bases.set('head', rendered('shop').replace('web:2.3.0', 'web:2.2.0'));
    const { page } = await openPreview(open, session);
    await text(page, '.heading').toContain('since the preview began');
    let isAnswered = false;
    await page.route(/base=head/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      await route.continue().catch(() => undefined);
      isAnswered = true;
    });
    await page.getByText('git HEAD').click();
    await page.getByText('last save', { exact: true }).click();
    await expect.poll(() => isAnswered, WAIT).toBe(true);
    await page.waitForTimeout(300);
    expect(await page.locator('.heading').innerText()).toContain('since the preview began');
    expect(await page.locator('.changes > li').count()).toBe(0);
  });

  test('relations lead to the resources', async () => {
    const { page, problems } = await openPreview(open, openShop());
    await row(page, 'checkout', 'Deployment').click();
    await page.getByRole('tab', { name: 'In the cluster' }).click();
    await page.getByRole('button', { name: 'ConfigMap settings' }).click();
    await text(page, '.relations').toContain('Deployment checkout reads ConfigMap settings');
    expect(await row(page, 'settings').getAttribute('aria-selected')).toBe('true');
    expect(problems).toEqual([]);
  });

  test('a message of several lines has them all', async () => {
    const session = openShop();
    const message = 'two things are wrong:\n  one\n  another';
    session.save(SHOP, { problem: { findings: [{ ...SYNTAX, message }] } });
    const { page } = await openPreview(open, session);
    await text(page, '.problem .message').toContain(message);
  });

  test('everything can be reached by keys', async () => {
    const session = openShop();
    session.save(SHOP, { yaml: savedShop(), findings: [WRONG_PROBE] });
    const { page, problems } = await openPreview(open, session);
    await page.locator('.changes > li').first().waitFor(WAIT);
    await page.keyboard.press('j');
    await text(page, ':focus').toContain('settings');
    await page.keyboard.press('j');
    await text(page, ':focus').toContain('checkout');
    await page.keyboard.press('t');
    await page.keyboard.press('Home');
    await expect.poll(() => activeRow(page)).toBe('istio-system');
    await page.keyboard.press('ArrowLeft');
    expect(await leaves(page)).not.toContain('public');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => activeRow(page)).toBe('shop');
    await page.keyboard.type('checkout');
    await page.keyboard.press('Enter');
    await text(page, '.cm-content').toContain('checkout:1.15.0');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => activeRow(page)).toBe('Deployment');
    await page.keyboard.press('2');
    await page.locator('.cm-merge-b').waitFor(WAIT);
    await page.getByRole('tab', { name: 'Diff' }).focus();
    await page.keyboard.press('ArrowRight');
    await text(page, '.relations').toContain('runs as ServiceAccount checkout');
    await page.keyboard.press('g');
    await expect.poll(() => page.url(), WAIT).toContain('view=graph');
    await page.keyboard.press(']');
    await expect.poll(() => page.url(), WAIT).toContain('istio-tls');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor(WAIT);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(problems).toEqual([]);
  });

  test('who hears the page has landmarks, headings and names', async () => {
    const session = openShop();
    session.save(SHOP, { yaml: savedShop(), findings: [WRONG_PROBE] });
    const { page } = await openPreview(open, session);
    await page.locator('.changes > li').first().waitFor(WAIT);
    const heard = await page.locator('body').ariaSnapshot();
    for (const expected of [
      'banner',
      'main',
      'complementary "Environments and resources"',
      'navigation "Environments',
      'heading "shop" [level=1]',
      'heading "Changes" [level=2]',
      'radio "last save" [checked]',
      'tree "Resources',
      'treeitem "checkout changed 1 error" [level=3]',
    ])
      expect(heard).toContain(expected);
    const unnamed = await page.evaluate(
      `[...document.querySelectorAll('button, a, input')]
        .filter((one) => !(one.textContent || one.ariaLabel || one.closest('label')?.textContent))
        .map((one) => one.outerHTML)`,
    );
    expect(unnamed).toEqual([]);
  });

  test('2,000 resources are a tree of few elements', async () => {
    const session = new PlayedSession({ 'environments/large': manyResources(2000) });
    const { page, problems } = await openPreview(open, session);
    await row(page, 'app-0').first().waitFor(WAIT);
    const elements = (): Promise<number> => page.locator('[role=treeitem]').count();
    expect(await elements()).toBeLessThan(100);
    await page.keyboard.press('t');
    await page.keyboard.press('End');
    await row(page, 'app-1999').waitFor(WAIT);
    expect(await elements()).toBeLessThan(100);
    await shoot(page, 'large');
    await page.keyboard.press('/');
    await page.keyboard.type('app-1');
    await expect.poll(async () => (await leaves(page))[0], WAIT).toBe('app-1');
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await row(page, 'app-1999').waitFor(WAIT);
    await page.keyboard.press('Enter');
    await text(page, '.cm-content').toContain('name: app-1999');
    session.save('environments/large', { yaml: manyResources(2000).replaceAll(': "1"', ': "2"') });
    await text(page, '.changes, .cm-content').toContain('"2"');
    expect(problems).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('texts have enough contrast in %s', async (colorScheme) => {
    const session = openShop();
    session.save(SHOP, { yaml: savedShop(), findings: [WRONG_PROBE, NO_ROLE] });
    session.save(ISTIO, { problem: { findings: [SYNTAX] } });
    const { page } = await open(await serve(session), {
      colorScheme,
      reducedMotion: 'reduce',
      viewport: { width: 1440, height: 900 },
    });
    await page.locator('.changes > li').first().waitFor(WAIT);
    expect(await weakTexts(page)).toEqual([]);
    await shoot(page, `changes-${colorScheme}`);
    await row(page, 'checkout', 'Deployment').click();
    await page.locator('.cm-content').waitFor(WAIT);
    await page.keyboard.press('j');
    await page.locator('.cm-findings-widget').first().waitFor(WAIT);
    expect(await weakTexts(page)).toEqual([]);
    await shoot(page, `yaml-${colorScheme}`);
    await page.keyboard.press('2');
    await page.locator('.cm-merge-b').waitFor(WAIT);
    expect(await weakTexts(page)).toEqual([]);
    await shoot(page, `diff-${colorScheme}`);
    await page.keyboard.press('f');
    await heading(page, 'Findings').waitFor(WAIT);
    expect(await weakTexts(page)).toEqual([]);
    await shoot(page, `findings-${colorScheme}`);
    await page.keyboard.press(']');
    await page.locator('.problem').waitFor(WAIT);
    expect(await weakTexts(page)).toEqual([]);
    await shoot(page, `broken-${colorScheme}`);
  });

  test('on a narrow screen the resources cover the page until one is chosen', async () => {
    const { page, problems } = await openPreview(open, openShop(), { width: 390, height: 844 });
    expect(await page.getByRole('tree').count()).toBe(0);
    await page.getByRole('button', { name: 'Environments and resources' }).click();
    await shoot(page, 'narrow-resources');
    await row(page, 'settings').click();
    await text(page, '.cm-content').toContain('log-level: info');
    expect(await page.getByRole('tree').count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await shoot(page, 'narrow-yaml');
    expect(problems).toEqual([]);
  });
});
