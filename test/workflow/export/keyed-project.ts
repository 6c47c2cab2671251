import { readFileSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { expect } from 'vitest';
import { loadConfig } from '../../../lib/config/load-config.ts';
import { tankaFlags, type TankaArguments } from '../../../lib/tanka/arguments.ts';
import { ensureTool } from '../../../lib/tools/ensure-tool.ts';
import type { ChosenEnvironment } from '../../../lib/workflow/chosen-environments.ts';
import {
  openInputKeys,
  type InputKeyOptions,
  type InputKeys,
} from '../../../lib/workflow/export/input-keys.ts';
import type { Project } from '../../../lib/workflow/project.ts';
import { makeProject, SPEC } from '../../tanka/project.ts';

/** A main.jsonnet that renders one ConfigMap with a value of the expression in it. */
export function configMap(expression: string, name = 'a'): string {
  return `{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: '${name}' }, data: { v: std.toString(${expression}) } }`;
}

export const DEV: ChosenEnvironment = { path: 'environments/dev' };

/** A project whose environments are rendered by the real tk, and whose keys are asked for as a new process would. */
export class KeyedProject {
  readonly root: string;
  args: TankaArguments = {};
  options: Partial<InputKeyOptions> = {};
  /** Absolute path of the program that evaluates. */
  evaluator: string | undefined;
  /** Variables of the process that tk runs in. */
  env: Record<string, string> = {};

  private constructor(root: string) {
    this.root = root;
  }

  /** With environments/dev, whose main.jsonnet is given, and spec.json. */
  static async make(
    main: string,
    files: Readonly<Record<string, string>> = {},
  ): Promise<KeyedProject> {
    const all = { 'environments/dev/main.jsonnet': main, 'environments/dev/spec.json': SPEC };
    return new KeyedProject(await makeProject({ ...all, ...files }));
  }

  /** As it is now. */
  async project(): Promise<Project> {
    const tk = await ensureTool('tk', {});
    const config = await loadConfig(this.root);
    const { root, evaluator } = this;
    const project = { root, config, tk: tk.path, hasPinnedTk: true };
    return evaluator === undefined ? project : { ...project, evaluator };
  }

  async open(): Promise<InputKeys> {
    return openInputKeys(await this.project(), {
      args: this.args,
      kubernetes: '1.34',
      imports: new Map(),
      ...this.options,
    });
  }

  async key(environment: ChosenEnvironment = DEV): Promise<string | undefined> {
    return (await this.open()).keyOf(environment);
  }

  /** What tk prints, or that it failed. */
  async show({ path: environment, name }: ChosenEnvironment = DEV): Promise<string> {
    const { tk } = await this.project();
    const args = { ...this.args, ...(name === undefined ? {} : { name }) };
    const { evaluator } = this;
    const result = await execa(
      tk,
      [
        'show',
        environment,
        '--dangerous-allow-redirect',
        ...tankaFlags(args),
        ...(evaluator === undefined ? [] : [`--jsonnet-implementation=binary:${evaluator}`]),
      ],
      { cwd: this.root, reject: false, env: this.env },
    );
    return result.exitCode === 0 ? result.stdout : 'failed';
  }

  file(name: string): string {
    return path.join(this.root, name);
  }

  read(name: string): string {
    return readFileSync(this.file(name), 'utf8');
  }

  async write(name: string, text: string | Uint8Array): Promise<void> {
    await mkdir(path.dirname(this.file(name)), { recursive: true });
    await writeFile(this.file(name), text);
  }

  remove(name: string): void {
    rmSync(this.file(name), { recursive: true });
  }

  /** Makes a link, in place of one that may be there. */
  link(name: string, target: string): void {
    try {
      unlinkSync(this.file(name));
    } catch {
      // The first.
    }
    symlinkSync(target, this.file(name));
  }
}

/** Asserts that an edit changes what tk prints, and the key with it; and that the key is the same while nothing changes. */
export async function expectNewKey(
  project: KeyedProject,
  edit: () => Promise<void> | void,
  environment = DEV,
): Promise<void> {
  const before = { key: await project.key(environment), output: await project.show(environment) };
  expect(before.key).toMatch(/^[0-9a-f]{64}$/);
  expect(await project.key(environment)).toBe(before.key);
  await edit();
  expect(await project.show(environment)).not.toBe(before.output);
  expect(await project.key(environment)).not.toBe(before.key);
}
