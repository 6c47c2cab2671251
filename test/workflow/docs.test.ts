import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { docs } from '../../lib/workflow/docs.ts';
import { describeBrowser } from '../browser/describe-browser.ts';
import { tankard } from '../cli/tankard.ts';
import { useImportedProject } from '../library/imported-project.ts';
import { readSignatures } from '../library/read-signatures.ts';
import { makeProject } from '../tanka/project.ts';

const HOSTILE = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: traps.example.com }
spec:
  group: example.com
  scope: Cluster
  names: { kind: Trap, plural: traps }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          description: </p><script>alert(1)</script><img src=x onerror="alert(2)">
          properties:
            spec:
              type: object
              properties:
                '"><script>alert(3)</script>': { type: string, description: "\`</code><b>\`" }
                '</script><script>alert(4)//': { type: string, enum: ['<i>', "it's"] }
                a/b: { type: integer, default: 3 }
              x-kubernetes-validations:
                - { rule: 'self.x == self.x', message: '<script>alert(5)</script> must hold' }
`;

const project = useImportedProject(['k8s@1.34', 'istio', 'crd:crds'], {
  'crds/trap.yaml': HOSTILE,
});
let folder: string;

beforeAll(async () => {
  const result = await docs({ cwd: project.root });
  folder = path.dirname(result.index);
});

function pages(): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.html'),
  );
}

function decode(html: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return html
    .replaceAll('<wbr>', '')
    .replace(/&(#39|\w+);/g, (_, name: string) => entities[name] ?? '?');
}

describe('the pages', () => {
  it('are in the project, where git ignores them', () => {
    expect(folder).toBe(path.join(project.root, '.tankard', 'docs'));
    expect(readFileSync(path.join(project.root, '.tankard', '.gitignore'), 'utf8')).toBe('*\n');
  });

  it('are small', () => {
    const sizes = pages().map((file) => statSync(path.join(folder, file)).size);
    expect(sizes.length).toBeGreaterThan(500);
    expect(Math.max(...sizes)).toBeLessThan(1_500_000);
  });

  it('link to pages and files that are there', () => {
    const missing = pages().flatMap((file) => {
      const text = readFileSync(path.join(folder, file), 'utf8');
      return [...text.matchAll(/(?:href|src)="(?!https?:|data:)([^"#]+)/g)]
        .map(([, target = '']) => path.join(path.dirname(file), decode(target)))
        .filter((target) => !existsSync(path.join(folder, target)));
    });
    expect(missing).toEqual([]);
  });

  it.each([
    ['k8s-1.34', 'k'],
    ['istio', 'istio'],
  ])('show every function of %s as it is called', (library, variable) => {
    const found = new Set(
      pages()
        .filter((file) => file.startsWith(`${library}${path.sep}`))
        .flatMap((file) => [
          ...readFileSync(path.join(folder, file), 'utf8').matchAll(
            /<button class="fn">(?!local )(.*?)<\/button>/g,
          ),
        ])
        .map(([, html = '']) =>
          decode(html)
            .replace(/\['(\w+)'\]/g, '.$1')
            .replace(/=[^,()]*(?:\(.*?\))?(?=[,)])/g, ''),
        ),
    );
    const written = [...readSignatures(path.join(project.root, '.tankard', 'libs', library))]
      .filter(([id]) => !id.startsWith('compat.'))
      .map(([id, names]) => `${variable}.${id}(${names.map(({ name }) => name).join(', ')})`);
    expect([...found].filter((one) => !written.includes(one))).toEqual([]);
    expect(written.filter((one) => !found.has(one))).toEqual([]);
  });
});

describe('the folder', () => {
  it('is written again, and what is no longer imported goes', async () => {
    const output = path.join(project.root, 'public');
    await docs({ cwd: project.root, output: 'public' });
    const before = readdirSync(output, { recursive: true }).length;
    await docs({ cwd: project.root, output: 'public' });
    expect(readdirSync(output, { recursive: true })).toHaveLength(before);
    await rm(output, { recursive: true });
  });

  it('is that of --output, from where the user is', async () => {
    const cwd = path.join(project.root, 'crds');
    const { exitCode, stdout } = await tankard(['docs', '--output', '../site'], { cwd });
    const output = path.join(project.root, 'site');
    expect([exitCode, stdout]).toEqual([0, `${path.join(output, 'index.html')}\n`]);
    expect(readdirSync(output)).toEqual(readdirSync(folder));
    await rm(output, { recursive: true });
  });

  it('is left alone when it holds other files', async () => {
    const output = path.join(project.root, 'own');
    await mkdir(output);
    await writeFile(path.join(output, 'notes.txt'), 'mine');
    await expect(docs({ cwd: project.root, output })).rejects.toMatchObject({
      kind: 'usage',
      message: `${output} holds files that tankard docs did not write: notes.txt`,
    });
    expect(readdirSync(output)).toEqual(['notes.txt']);
  });

  it('may not be a file', async () => {
    const output = path.join(project.root, 'jsonnetfile.json');
    await expect(docs({ cwd: project.root, output })).rejects.toMatchObject({
      kind: 'usage',
      message: `${output} is a file, not a folder`,
    });
  });

  it('is not made without imports', async () => {
    const cwd = await makeProject({ 'jsonnetfile.json': '{}' });
    await expect(docs({ cwd })).rejects.toMatchObject({
      kind: 'usage',
      message: 'nothing is imported',
    });
    expect(existsSync(path.join(cwd, '.tankard'))).toBe(false);
  });
});

describeBrowser('the reference in a browser', (open) => {
  it('leads from a query to a field, its values and its function, by keyboard alone', async () => {
    const { page, problems } = await open(path.join(folder, 'index.html'));
    await page.keyboard.type('deployment strategy');
    await page.locator('#results li b', { hasText: /^Deployment\.spec\.strategy$/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/k8s-1\.34\/apps\.v1\.deployment\.html#spec\.strategy$/);
    expect(await page.locator('h1').innerText()).toContain('Deployment');
    const type = page.locator('[id="spec.strategy.type"]');
    await type.waitFor({ state: 'visible' });
    expect(await type.locator('.e code').allInnerTexts()).toEqual(['Recreate', 'RollingUpdate']);
    expect(await type.locator('.fn').innerText()).toBe(
      'k.apps.v1.deployment.spec.strategy.withType(type)',
    );
    await type.locator('.fn').click();
    await page.locator('.fn.copied').waitFor();
    expect(problems).toEqual([]);
  });

  it.each([
    ['withHosts virtualservice', 'VirtualService.spec.hosts'],
    ['virtualservice withhosts', 'VirtualService.spec.hosts'],
    ['vs hosts', 'VirtualService.spec.hosts'],
    ['istio gateway tls mode', 'Gateway.spec.servers.tls.mode'],
    ['strategy', 'Deployment.spec.strategy'],
    ['container', 'Container'],
    ['pod', 'Pod'],
    ['k.apps.v1.statefulSet.new', 'StatefulSet'],
    ['container withEnvMap', 'Container'],
  ])('finds %s at once', async (query, first) => {
    const { page, problems } = await open(path.join(folder, 'index.html'));
    await page.fill('#q', query);
    expect(await page.locator('#results li b').first().innerText()).toBe(first);
    expect(problems).toEqual([]);
  });

  it('unfolds the field of a custom resource that an address names', async () => {
    const { page, problems } = await open(path.join(folder, 'index.html'));
    await page.fill('#q', 'networking.istio.io/v1 gateway tls mode');
    await page.locator('#results li b').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.waitForURL(/istio\/networking\.v1\.gateway\.html#spec\.servers\.tls\.mode$/);
    const mode = page.locator('[id="spec.servers.tls.mode"]');
    expect(await mode.isVisible()).toBe(true);
    expect(await mode.locator('.e code').allInnerTexts()).toContain('MUTUAL');
    await page.keyboard.press('/');
    await page.keyboard.type('nothing like this');
    await page.locator('#results .none').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.locator('#results').isVisible()).toBe(false);
    expect(problems).toEqual([]);
  });

  it('fits a phone, in the dark', async () => {
    const { page, problems } = await open(path.join(folder, 'k8s-1.34', 'core.v1.pod.html'), {
      viewport: { width: 390, height: 800 },
      colorScheme: 'dark',
    });
    await page.click('#unfold');
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBe(390);
    const ground = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(ground).toBe('rgb(18, 22, 27)');
    expect(problems).toEqual([]);
  });

  it('shows what a schema says as text, whatever it says', async () => {
    const { page, problems } = await open(path.join(folder, 'index.html'));
    await page.fill('#q', 'trap script');
    await page.locator('#results li').first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/crds\/example\.v1\.trap\.html/);
    const text = await page.locator('main').innerText();
    expect(text).toContain('<script>alert(1)</script><img src=x onerror="alert(2)">');
    expect(text).toContain('"><script>alert(3)</script>');
    expect(text).toContain('<script>alert(5)</script> must hold');
    expect(text).toContain("it's");
    expect(await page.locator('main script, main img').count()).toBe(0);
    expect(problems).toEqual([]);
  });
});
