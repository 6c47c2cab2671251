import { expect, it } from 'vitest';
import { openProject } from '../../lib/workflow/project.ts';
import { renderMany } from '../../lib/workflow/render-many.ts';
import { render } from '../../lib/workflow/show.ts';
import { CONFIG_MAP, makeProject, SPEC } from '../tanka/project.ts';

const names = Array.from({ length: 12 }, (_, index) => `e${index}`);

/** Twelve environments, of which the fourth fails, the sixth is inline and the seventh has a mistake in spec.json. */
async function mixedProject(): Promise<string> {
  const files = names.flatMap((name, index) => {
    const main =
      index === 3
        ? "error 'no'"
        : index === 5
          ? `{ apiVersion: 'tanka.dev/v1alpha1', kind: 'Environment', metadata: { name: 'inline' }, spec: { namespace: 'own' }, data: { a: ${CONFIG_MAP} } }`
          : `{ a: ${CONFIG_MAP} { data: { value: '${name}' } } }`;
    const spec = index === 6 ? SPEC.replace('namespace', 'namepsace') : SPEC;
    return [
      [`environments/${name}/main.jsonnet`, main],
      ...(index === 5 ? [] : [[`environments/${name}/spec.json`, spec]]),
    ];
  });
  return makeProject(Object.fromEntries(files) as Record<string, string>);
}

it('gives each environment what tk alone gives, and what is wrong in it, in their order', async () => {
  const project = await openProject({ cwd: await mixedProject() });
  const chosen = names.map((name) => ({ path: `environments/${name}` }));
  expect(project.hasPinnedTk).toBe(true);
  const together = await renderMany(project, chosen, {}, async (_one, rendered) => rendered());
  const alone = [];
  for (const { path } of chosen) alone.push(await render(project, path, {}));
  expect(together).toEqual(alone);
  expect(together.map(({ findings }) => findings.map(({ code }) => code))).toEqual(
    names.map((_name, index) =>
      index === 3 ? ['jsonnet/evaluation'] : index === 6 ? ['environment/spec'] : [],
    ),
  );
});

it('goes on with the others when one does not exist', async () => {
  const project = await openProject({ cwd: await mixedProject() });
  const chosen = ['missing', ...names].map((name) => ({ path: `environments/${name}` }));
  const outcomes = await renderMany(project, chosen, {}, async (one, rendered) =>
    rendered().then(
      ({ place }) => place.environment,
      (error: unknown) => `${one.path}: ${(error as Error).message}`,
    ),
  );
  expect(outcomes[0]).toContain('environments/missing: the environment environments/missing does');
  expect(outcomes.slice(1)).toEqual(names.map((name) => `environments/${name}`));
});

it('renders only what is asked for', async () => {
  const project = await openProject({ cwd: await mixedProject() });
  const chosen = names.map((name) => ({ path: `environments/${name}` }));
  const values = await renderMany(project, chosen, {}, async ({ path }, rendered) =>
    path.endsWith('1') ? (await rendered()).yaml.toString('utf8') : undefined,
  );
  expect(values.filter((value) => value !== undefined)).toMatchObject([
    expect.stringContaining('value: e1\n'),
    expect.stringContaining('value: e11\n'),
  ]);
});
