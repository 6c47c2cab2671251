import { ensureTool } from '../../lib/tools/ensure-tool.ts';

/** Builds tools/locate once for each state of its sources; returns the absolute path of the program. */
export async function buildLocator(): Promise<string> {
  return (await ensureTool('locate')).path;
}
