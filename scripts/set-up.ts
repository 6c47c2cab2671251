import { openUpstream } from '../lib/sources/upstream.ts';
import { ensureVendor } from '../lib/tanka/vendor.ts';
import { ensureTool } from '../lib/tools/ensure-tool.ts';
import type { ToolName } from '../lib/tools/tool.ts';
import { ROOT } from './steps.ts';

/**
 * Builds the tools, fetches the schemas and links the libraries; what is there already is left alone.
 *
 * @returns the absolute path of each tool.
 */
export async function setUp(tools: readonly ToolName[]): Promise<Map<ToolName, string>> {
  const onProgress = (line: string): void => console.log(line);
  const paths = new Map<ToolName, string>();
  for (const name of tools) paths.set(name, (await ensureTool(name, { onProgress })).path);
  await openUpstream({ onProgress });
  await ensureVendor({ root: ROOT, onProgress });
  return paths;
}
