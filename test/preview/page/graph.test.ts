import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeBrowser, type Open, type OpenPage } from '../../browser/describe-browser.ts';
import { openPreview, shoot, WAIT } from './page-driver.ts';
import { PlayedSession } from './played-session.ts';
import { rendered } from './shop.ts';
import { weakTexts } from './weak-texts.ts';

const ID = 'environments/graph';
const ROLE = 'arn:aws:iam::111122223333:role';

/** An app whose Deployment runs as a ServiceAccount that assumes a role, and reads a ConfigMap that nothing provides. */
function app(name: string): string {
  return `---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${name}
  namespace: ${name}
  annotations:
    eks.amazonaws.com/role-arn: ${ROLE}/${name}
---
${deployment(name, name, name)}`;
}

function deployment(name: string, namespace: string, account: string): string {
  return `---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  selector:
    matchLabels: { app: ${name} }
  template:
    metadata:
      labels: { app: ${name} }
    spec:
      serviceAccountName: ${account}
      containers:
        - name: main
          image: example.com/${name}:1
          envFrom:
            - configMapRef:
                name: settings
`;
}

async function openGraph(open: Open, yaml: string): Promise<OpenPage & { session: PlayedSession }> {
  const session = new PlayedSession({ [ID]: yaml });
  const opened = await openPreview(open, session);
  await opened.page.keyboard.press('g');
  await opened.page.locator('.graph-card').first().waitFor(WAIT);
  return { ...opened, session };
}

function card(page: Page, name: string): ReturnType<Page['locator']> {
  return page.locator(`.graph-card[aria-label^="${name}"]`);
}

describeBrowser('the graph of the preview', (open) => {
  test('shows who assumes which role, and what is missing', async () => {
    const { page, problems } = await openGraph(open, app('web'));
    expect(await card(page, 'ServiceAccount web/web').getAttribute('aria-label')).toContain(
      `IAM role ${ROLE}/web`,
    );
    expect(await card(page, 'missing ConfigMap').innerText()).toContain('missing ConfigMap');
    await shoot(page, 'graph');
    expect(problems).toEqual([]);
  });

  test('selecting fades what is on no path, and Only connected leaves it out', async () => {
    const { page, problems } = await openGraph(open, app('web') + app('shop'));
    await card(page, 'ServiceAccount web/web').click();
    expect(await card(page, 'Deployment web/web').getAttribute('class')).not.toContain('is-faded');
    expect(await card(page, 'Deployment shop/shop').getAttribute('class')).toContain('is-faded');
    await page.getByRole('button', { name: 'Only connected' }).click();
    await expect.poll(() => page.locator('.graph-card').count(), WAIT).toBe(3);
    expect(problems).toEqual([]);
  });

  test('arrow keys follow the lines, and Enter opens the resource', async () => {
    const { page, problems } = await openGraph(open, app('web'));
    await card(page, 'IAM role').focus();
    await page.keyboard.press('ArrowLeft');
    const focused = (): Promise<string | null> =>
      page.evaluate('document.activeElement.getAttribute("aria-label")');
    await expect.poll(focused, WAIT).toContain('ServiceAccount web/web');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(focused, WAIT).toContain('Deployment web/web');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Deployment web', level: 2 }).waitFor(WAIT);
    expect(problems).toEqual([]);
  });

  test('who comes from a resource finds it selected', async () => {
    const { page } = await openPreview(open, new PlayedSession({ [ID]: app('web') }));
    await page.getByRole('tree').getByText('web', { exact: true }).last().click();
    await page.getByRole('tab', { name: 'YAML' }).waitFor(WAIT);
    await page.getByText('Graph', { exact: true }).click();
    const selected = page.locator('.graph-card[aria-current]');
    await selected.waitFor(WAIT);
    expect(await selected.getAttribute('aria-label')).toContain('ServiceAccount web/web');
  });

  test('a group of equal neighbours is one card until it is clicked', async () => {
    const workers = Array.from({ length: 20 }, (_, index) =>
      deployment(`worker-${index}`, 'web', 'web'),
    );
    const { page, problems } = await openGraph(open, app('web') + workers.join(''));
    await page.locator('.graph-card', { hasText: '21 Deployments' }).click();
    await card(page, 'Deployment web/worker-7').waitFor(WAIT);
    await page.getByRole('button', { name: 'Collapse groups' }).click();
    await page.locator('.graph-card', { hasText: '21 Deployments' }).waitFor(WAIT);
    expect(problems).toEqual([]);
  });

  test('a group that was expanded by Enter gives the focus to its first member', async () => {
    const workers = Array.from({ length: 20 }, (_, index) =>
      deployment(`worker-${index}`, 'web', 'web'),
    );
    const { page, problems } = await openGraph(open, app('web') + workers.join(''));
    await page.locator('.graph-card', { hasText: '21 Deployments' }).focus();
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.evaluate('document.activeElement.getAttribute("aria-label")'), WAIT)
      .toContain('Deployment web/web');
    expect(problems).toEqual([]);
  });

  test('dragging moves the picture and selects nothing; Ctrl and the wheel zoom; 0 shows all', async () => {
    const { page, problems } = await openGraph(open, app('web'));
    const account = card(page, 'ServiceAccount web/web');
    const before = await account.boundingBox();
    if (before === null) throw new Error('the card is not seen');
    await account.hover();
    await page.mouse.down();
    await page.mouse.move(before.x - 50, before.y + 120, { steps: 5 });
    await page.mouse.up();
    const dragged = await account.boundingBox();
    expect(dragged?.y).toBeGreaterThan(before.y + 60);
    expect(await account.getAttribute('aria-current')).toBeNull();
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, 100);
    await page.keyboard.up('Control');
    await expect
      .poll(async () => (await account.boundingBox())?.width, WAIT)
      .toBeLessThan(before.width * 0.9);
    await page.keyboard.press('0');
    await expect.poll(() => account.boundingBox(), WAIT).toEqual(before);
    expect(problems).toEqual([]);
  });

  test('a save leaves the cards where they are', async () => {
    const { page, session, problems } = await openGraph(open, app('web'));
    const before = await card(page, 'ServiceAccount web/web').boundingBox();
    session.save(ID, { yaml: app('web') + app('shop') });
    await card(page, 'Deployment shop/shop').waitFor(WAIT);
    expect(await card(page, 'ServiceAccount web/web').boundingBox()).toEqual(before);
    expect(await card(page, 'Deployment shop/shop').innerText()).toContain('added');
    expect(problems).toEqual([]);
  });

  test('thousands of cards are few elements, and moving them stays quick', async () => {
    const names = Array.from({ length: 500 }, (_, index) => `app-${index}`);
    const { page, problems } = await openGraph(open, names.map(app).join(''));
    const elements = (): Promise<number> =>
      page.evaluate('document.querySelectorAll(".graph *").length');
    expect(await elements()).toBeLessThan(5000);
    await page.locator('.graph-canvas').hover();
    const started = Date.now();
    for (let step = 0; step < 20; step++) await page.mouse.wheel(300, 300);
    await page.getByRole('button', { name: 'Fit' }).click();
    await page.locator('.graph-map').waitFor(WAIT);
    expect(Date.now() - started).toBeLessThan(5000);
    expect(await elements()).toBeLessThan(500);
    await shoot(page, 'graph-of-2000');
    await page.getByRole('button', { name: '500 missing' }).click();
    const width = async (): Promise<number> =>
      (await page.locator('.graph-card[aria-current]').boundingBox())?.width ?? 0;
    await expect.poll(width, WAIT).toBeGreaterThan(100);
    expect(problems).toEqual([]);
  });

  for (const colorScheme of ['light', 'dark'] as const)
    test(`texts have enough contrast in ${colorScheme}`, async () => {
      const { page, problems } = await openGraph(open, rendered('istio-tls') + app('web'));
      await page.emulateMedia({ colorScheme });
      expect(await weakTexts(page)).toEqual([]);
      await shoot(page, `graph-${colorScheme}`);
      expect(problems).toEqual([]);
    });

  for (const name of ['istio-tls', 'eks-irsa'])
    test(`draws ${name}`, async () => {
      const { page, problems } = await openGraph(open, rendered(name));
      expect(await page.locator('.graph-card').count()).toBeGreaterThan(2);
      await shoot(page, `graph-${name}`);
      expect(problems).toEqual([]);
    });
});
