import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { CONFIG_MAP, SPEC } from '../tanka/project.ts';
import { fakeProgram, temporaryDirectory } from '../tools/fake-program.ts';
import { allEnd, hangingTk } from './hanging-tk.ts';
import { startLine, type Running } from './running.ts';
import { FIRST, istioProject, withWrongName } from './saved-project.ts';
import { projectWith, tankard } from './tankard.ts';

const MAIN = 'environments/x/main.jsonnet';

describe('preview into a pipe', () => {
  it('prints a block for each save: what changed, what was found at which line, what is mended', async () => {
    const { root, main, save } = await istioProject();
    const preview = startLine('exec $TANKARD preview environments/x', { cwd: root });
    await preview.until(FIRST);
    await save(withWrongName(main));
    const block = await preview.until('accept this finding.');
    expect(block.replaceAll(/\d+ m?s\b/g, 'TIME')).toContain(
      [
        'environments/x  TIME  1 changed, 1 warning new',
        '~ Gateway wordpress/wordpress-gateway',
        '    spec.servers[0].tls.credentialName: "wild-cert" -> "wild-crt"',
      ].join('\n'),
    );
    expect(block).toContain(`at ${MAIN}:26:48`);
    expect(block.match(/^~/gm)).toHaveLength(1);

    await save(`${withWrongName(main)}}`);
    await preview.until('broken');
    await preview.until(`at ${MAIN}:66:1`);
    await save(main);
    await preview.until(/mended, 1 changed, 1 warning gone/);
    preview.signal('SIGTERM');
    expect(await preview.ended).toBe(130);
    expect(preview.stderr()).toBe('tankard: interrupted\n');
    // No colours, no status line.
    expect(preview.stdout()).not.toContain('\u001b');
    expect(preview.stdout()).toMatch(/gone: gateways\/credential-missing.*\n\n$/);
  });

  it('does not need a stdin, and ends by Ctrl-C', async () => {
    const cwd = await projectWith(`{ a: ${CONFIG_MAP} }`);
    const preview = startLine('exec $TANKARD preview <&-', { cwd });
    await preview.until(FIRST);
    preview.signal('SIGINT');
    expect(await preview.ended).toBe(130);
  });

  it('ends without a word when nobody reads it any more', async () => {
    const cwd = await projectWith(`{ a: ${CONFIG_MAP} }`);
    const preview = startLine('set -o pipefail; $TANKARD preview | head -1', { cwd });
    await preview.until(FIRST);
    const isRunning = Symbol('is running');
    // That the reader is gone shows when something is printed.
    for (let i = 0; ; i += 1) {
      await writeFile(path.join(cwd, MAIN), `{ a: ${CONFIG_MAP} { data: { a: '${i}' } } }`);
      const state = await Promise.race([preview.ended, sleep(500, isRunning)]);
      if (state === isRunning) continue;
      expect(state).toBe(0);
      break;
    }
    expect(preview.stderr()).toBe('');
  });

  it('says once what a library does to many environments, and which one is gone', async () => {
    const files = ['a', 'b', 'c', 'd'].map((name) => [
      [`environments/${name}/main.jsonnet`, "import 'shared.libsonnet'"],
      [`environments/${name}/spec.json`, SPEC],
    ]);
    const cwd = await projectWith("import 'shared.libsonnet'", {
      'lib/shared.libsonnet': `{ a: ${CONFIG_MAP} }`,
      ...(Object.fromEntries(files.flat()) as Record<string, string>),
    });
    const preview = startLine('exec $TANKARD preview', { cwd });
    await preview.until(/^(environments\/.(, )?){5} {2}\d.*no findings$/m);
    await writeFile(
      path.join(cwd, 'lib/shared.libsonnet'),
      `{ a: ${CONFIG_MAP} { data: { x: 'y' } } }`,
    );
    await preview.until(/^environments\/. {2}\d.* 1 changed$/m);
    const told = await preview.until(
      /^(environments\/.(, )?){4} {2}\d.* 1 changed, as in environments\/.$/m,
    );
    expect(told.match(/^~/gm)).toHaveLength(1);
    await rm(path.join(cwd, 'environments/c'), { recursive: true });
    await preview.until(/^environments\/c {2}no longer there$/m);
    expect(preview.stdout()).not.toContain('broken');
  });

  it('goes on when a comparison fails, and says what failed once, until it succeeds', async () => {
    const cwd = await projectWith(`{ a: ${CONFIG_MAP} }`);
    const preview = startLine('exec $TANKARD preview --compare head 2>&1', { cwd });
    await preview.until(FIRST);
    await preview.until(/^environments\/x: .* no last commit/m);
    await writeFile(path.join(cwd, MAIN), `{ a: ${CONFIG_MAP} { data: { a: 'b' } } }`);
    await preview.until('+ data');
    // Long enough for the comparison that follows.
    await sleep(500);
    const git = (...args: string[]): string => execFileSync('git', args, { cwd, encoding: 'utf8' });
    git('init', '-q');
    git('add', '.');
    git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qm', 'First');
    await writeFile(path.join(cwd, MAIN), `{ a: ${CONFIG_MAP} { data: { a: 'c' } } }`);
    await preview.until(/compared with HEAD .*: 1 changed/);
    expect(preview.stdout().match(/no last commit/g)).toHaveLength(1);
  });
});

test('no name of an environment gets to say how the terminal shows it', async () => {
  const cwd = await projectWith('{}', {
    'environments/\u001b[2Jy/main.jsonnet': `{ a: ${CONFIG_MAP} }`,
    'environments/\u001b[2Jy/spec.json': SPEC,
  });
  // The reason is said of one environment, whichever is first.
  const argument = `"$(printf 'environments/\\033[2Jy')"`;
  const preview = startLine(`exec $TANKARD preview ${argument} --compare head 2>&1`, { cwd });
  await preview.until(/^environments\/\ufffd\[2Jy: .* no last commit/m);
  expect(preview.stdout()).not.toContain('\u001b');
});

describe('preview that cannot begin', () => {
  it.each([
    ['an environment that is not there', ['environments/y'], 'environments/y'],
    ['a base that is not known', ['--compare', 'tail'], 'Allowed choices are save, head, cluster'],
    ['a port that is none', ['--port', '70000'], 'It is a number from 0 to 65535.'],
  ])('%s: exit 2', async (_, args, message) => {
    const cwd = await projectWith('{}');
    const { exitCode, stdout, stderr } = await tankard(['preview', ...args], { cwd });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe('preview --web', () => {
  it('serves the page until it ends, beside the blocks', async () => {
    const cwd = await projectWith(`{ a: ${CONFIG_MAP} }`);
    const preview = startLine('exec $TANKARD preview --web 2>&1', { cwd });
    const url = /at (http:\/\/127\.0\.0\.1:\d+\/\S+)/;
    const [, page = ''] = url.exec(await preview.until(url)) ?? [];
    await preview.until(FIRST);
    expect(await (await fetch(page)).text()).toContain('<html');
    const state = await fetch(`${page}api/environment?id=environments/x&base=save`);
    expect(await state.json()).toMatchObject({ resources: [{ resource: { kind: 'ConfigMap' } }] });
    preview.signal('SIGTERM');
    expect(await preview.ended).toBe(130);
    await expect(fetch(page)).rejects.toThrow();
  });

  it('fails when its port is taken, and leaves nothing running', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const cwd = await projectWith(`{ a: ${CONFIG_MAP} }`);
    const outcome = await tankard(['preview', '--port', `${port}`], { cwd });
    expect(outcome.exitCode).toBe(2);
    expect(outcome.stderr).toContain(`the port ${port} is taken`);
  });
});

/** Whether there is util-linux's `script`, which runs a program in a terminal of its own. CI has to have it. */
const hasScript = ((): boolean => {
  try {
    return execFileSync('script', ['--version'], { encoding: 'utf8' }).includes('util-linux');
  } catch (error) {
    if (process.env['CI'] !== undefined) throw error;
    console.log("skipped: what needs a terminal, since util-linux's script is not there");
    return false;
  }
})();

/** Runs a line of bash in a terminal, and shows before and after it how that is set. */
function startInTerminal(line: string, cwd: string, env = {}): Running {
  const settings = 'echo "settings $(stty -g)"';
  const shown = `stty rows 40 cols 120; ${settings}; ${line}; echo "exit $?"; ${settings}`;
  return startLine(`exec script -qfec '${shown}' /dev/null`, { cwd, env, hasInput: true });
}

/** A line of sh that says its process id, which the program gets by exec. */
const SAY_PID = 'echo pid $$';

function pidIn(output: string): number {
  return Number(/pid (\d+)/.exec(output)?.[1]);
}

function expectSettingsRestored(preview: Running): void {
  const settings = [...preview.stdout().matchAll(/settings (\S+)/g)].map((match) => match[1]);
  expect(settings.length).toBeGreaterThan(1);
  expect(new Set(settings).size).toBe(1);
}

describe.runIf(hasScript)('preview in a terminal', () => {
  it('has keys, a status line below the blocks, and gives the terminal back', async () => {
    const { root, main, save } = await istioProject();
    const preview = startInTerminal('$TANKARD preview environments/x', root);
    await preview.until(FIRST);
    await preview.until(
      /^environments\/x; 0 errors, 0 warnings {2}against the last save {2}\? keys/m,
    );
    preview.send('?');
    await preview.until(/^ {2}q +quit/m);
    await save(withWrongName(main));
    await preview.until('credentialName: "wild-cert" -> "wild-crt"');
    await preview.until('environments/x; 0 errors, 1 warning');
    preview.send('a');
    await preview.until('compared with the render before the last save: 1 changed');
    await preview.until('  7 resources:\r\n');
    await preview.until('    Secret istio-system/wild-cert\r\n');
    await preview.until(`at ${MAIN}:26:48`);
    preview.send('r');
    await preview.until(/environments\/x {2}\d.* no change/);
    preview.send('w');
    await preview.until('start the preview with --web');
    preview.send('q');
    await preview.until('exit 0');
    await preview.ended;
    expectSettingsRestored(preview);
    // What the terminal shows last is no status line.
    expect(preview.stdout()).toContain('\r\u001b[Jexit 0');
  });

  it('shows the blocks of one of several environments', async () => {
    const cwd = await projectWith(`{ a: ${CONFIG_MAP} }`, {
      'environments/y/main.jsonnet': `{ a: ${CONFIG_MAP} }`,
      'environments/y/spec.json': SPEC,
    });
    const preview = startInTerminal('$TANKARD preview', cwd);
    // A render that is asked for before the first one has ended is the first one.
    await preview.until(/environments\/y {2}\d.* no findings/);
    await preview.until('environments/x, environments/y; 0 errors');
    preview.send('2');
    await preview.until(/^environments\/y; .*only this one/m);
    preview.send('r');
    expect(await preview.until(/environments\/y {2}\d.* no change/)).not.toMatch(
      /environments\/x {2}\d/,
    );
    preview.send('e');
    await preview.until('environments/x, environments/y; 0 errors');
    preview.send('q');
    await preview.until('exit 0');
  });

  it('compares with the last commit at a key, and then after each save', async () => {
    const cwd = await projectWith(`{ a: ${CONFIG_MAP} }`);
    const git = (...args: string[]): string => execFileSync('git', args, { cwd, encoding: 'utf8' });
    git('init', '-q');
    git('add', '.');
    git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qm', 'First');
    const head = `compared with HEAD (${git('rev-parse', 'HEAD').slice(0, 7)})`;
    const preview = startInTerminal('$TANKARD preview', cwd);
    await preview.until(FIRST);
    preview.send('c');
    await preview.until(`${head}: no difference`);
    await preview.until('against git HEAD  ? keys');
    const save = async (data: string) =>
      writeFile(path.join(cwd, MAIN), `{ a: ${CONFIG_MAP} { data: ${data} } }`);
    await save("{ a: 'b' }");
    await preview.until(`${head}: 1 changed`);
    await save("{ a: 'b', c: 'd' }");
    await preview.until(`${head}: 1 changed`);
    git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qam', 'Second');
    preview.send('r');
    await preview.until(/compared with HEAD \(\w+\): no difference/);
    preview.send('cc');
    await preview.until('against the last save  ? keys');
    preview.send('q');
    await preview.until('exit 0');
  });

  it('goes on while a cluster does not answer, and ends what asks it', async () => {
    const folder = await temporaryDirectory();
    const pids = path.join(folder, 'pids');
    const spec = { apiVersion: 'tanka.dev/v1alpha1', kind: 'Environment' };
    const cwd = await projectWith(`{ a: ${CONFIG_MAP} }`, {
      'environments/x/spec.json': JSON.stringify({
        ...spec,
        spec: { apiServer: 'https://127.0.0.1:1', namespace: 'default' },
      }),
    });
    await fakeProgram(folder, 'kubectl', `echo $$ >> '${pids}'`, 'exec sleep 300');
    const variables = {
      PATH: `${folder}:${process.env['PATH']}`,
      TMPDIR: path.join(folder, 'tmp'),
    };
    await mkdir(variables.TMPDIR);
    const preview = startInTerminal('$TANKARD preview --compare cluster', cwd, variables);
    await preview.until(FIRST);
    await preview.until('comparing with the cluster ...');
    await writeFile(path.join(cwd, MAIN), `{ a: ${CONFIG_MAP} { data: { a: 'b' } } }`);
    await preview.until('+ data');
    preview.send('a');
    await preview.until('    ConfigMap default/a');
    await expect.poll(() => existsSync(pids), { timeout: 30_000 }).toBe(true);
    preview.send('q');
    await preview.until('exit 0');
    await preview.ended;
    const started = (await readFile(pids, 'utf8')).trim().split('\n').map(Number);
    expect(await allEnd(started)).toBe(true);
    expect(await readdir(variables.TMPDIR)).toEqual([]);
  });

  test.each([
    ['Ctrl-C', (preview: Running) => preview.send('\u0003')],
    ['SIGTERM', ({ stdout }: Running) => process.kill(pidIn(stdout()), 'SIGTERM')],
  ])('%s ends it with 130, and gives the terminal back', async (_, end) => {
    const cwd = await projectWith(`{ a: ${CONFIG_MAP} }`);
    const preview = startInTerminal(
      `sh -c "${SAY_PID.replaceAll('$', '\\$')}; exec $TANKARD preview"`,
      cwd,
    );
    await preview.until('? keys');
    end(preview);
    await preview.until('exit 130');
    await preview.ended;
    expectSettingsRestored(preview);
  });

  it('stops at Ctrl-Z with the terminal as it was, and goes on with fg', async () => {
    const cwd = await projectWith(`{ a: ${CONFIG_MAP} }`);
    const line = 'set -m; $TANKARD preview; echo "settings $(stty -g)"; fg';
    const preview = startInTerminal(line, cwd);
    await preview.until('? keys');
    preview.send('\u001a');
    await preview.until('settings');
    await preview.until('? keys');
    preview.send('q');
    await preview.until('exit 0');
    await preview.ended;
    expectSettingsRestored(preview);
  });

  it('ends a tk that hangs with q', async () => {
    const tk = await hangingTk();
    const cwd = await projectWith(`{ a: ${CONFIG_MAP} }`);
    const preview = startInTerminal('$TANKARD preview', cwd, tk.env);
    const pids = await tk.pids();
    await preview.until('? keys');
    preview.send('q');
    await preview.until('exit 0');
    expect(await allEnd(pids)).toBe(true);
  });

  it('ends with its terminal', async () => {
    const tk = await hangingTk();
    const cwd = await projectWith(`{ a: ${CONFIG_MAP} }`);
    const preview = startInTerminal(`${SAY_PID}; exec $TANKARD preview`, cwd, tk.env);
    const pids = await tk.pids();
    process.kill(preview.pid, 'SIGKILL');
    expect(await allEnd([...pids, pidIn(preview.stdout())])).toBe(true);
  });
});
