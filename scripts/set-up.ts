import { loadConfig } from '../lib/config/load-config.ts';
import { openUpstream } from '../lib/sources/upstream.ts';
import { ensureTool } from '../lib/tools/ensure-tool.ts';
import type { ToolName } from '../lib/tools/tool.ts';
import { ensureLibraries } from '../lib/workflow/restore.ts';
import { ROOT } from './steps.ts';

/**
 * Builds the tools, fetches the schemas, restores the imported libraries and links all of them; what is there already is left alone.
 *
 * @returns the absolute path of each tool.
 */
export async function setUp(tools: readonly ToolName[]): Promise<Map<ToolName, string>> {
  const onProgress = (line: string): void => console.log(line);
  const paths = new Map<ToolName, string>();
  for (const name of tools) paths.set(name, (await ensureTool(name, { onProgress })).path);
  await openUpstream({ onProgress });
  await ensureLibraries({ root: ROOT, config: await loadConfig(ROOT), onProgress });
  return paths;
}
