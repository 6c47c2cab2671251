import path from 'node:path';
import { loadConfig } from '../config/load-config.ts';
import { findProjectRoot } from '../tanka/project.ts';
import { inspectTools, type ToolReport } from '../tools/inspect-tools.ts';

/**
 * Looks at every tool that Tankard runs. Works outside a project too; builds nothing.
 *
 * @param options.cwd where tankard.yaml is looked for. @default process.cwd()
 */
export async function doctor(options: { readonly cwd?: string } = {}): Promise<ToolReport[]> {
  const configured = await configuredTk(path.resolve(options.cwd ?? process.cwd()));
  return inspectTools(configured === undefined ? {} : { configured });
}

async function configuredTk(cwd: string): Promise<string | undefined> {
  let root: string;
  try {
    root = findProjectRoot(cwd);
  } catch {
    return undefined;
  }
  return (await loadConfig(root)).tk;
}
