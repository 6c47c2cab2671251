import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../lib/disk/package-root.ts';

/** A certificate for example.com and *.example.com, in PEM. */
export const CERTIFICATE = example('crt');
/** Its private key, in PEM. */
export const PRIVATE_KEY = example('key');

function example(extension: string): string {
  const file = path.join(packageRoot(), 'environments/istio-tls', `example.${extension}`);
  return readFileSync(file, 'utf8');
}
