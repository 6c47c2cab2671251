import { execa } from 'execa';

/**
 * Makes sure that what is released can be had from version control.
 *
 * @param root of a checkout, absolute.
 * @throws Error that lists what differs from the last commit.
 */
export async function checkClean(root: string): Promise<void> {
  const { stdout } = await execa('git', ['status', '--porcelain'], { cwd: root });
  if (stdout !== '')
    throw new Error(`commit or remove what differs from the last commit:\n${stdout}`);
}
