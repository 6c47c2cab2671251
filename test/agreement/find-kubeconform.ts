import { ensureTool } from '../../lib/tools/ensure-tool.ts';

/**
 * The pinned kubeconform. With `CI` set it is built when it is missing; without, a machine may do without it.
 *
 * @returns its absolute path, or why there is none, and the command that mends it.
 */
export async function findKubeconform(): Promise<{ file: string } | { missing: string }> {
  const build = (process.env['CI'] ?? '') !== '';
  try {
    const { path: file } = await ensureTool('kubeconform', { build, onProgress: console.log });
    return { file };
  } catch (error) {
    if (build) throw error;
    return { missing: `${(error as Error).message}; CI=1 npx vitest run test/agreement builds it` };
  }
}
