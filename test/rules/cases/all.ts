import type { Cases } from './case.ts';
import { CLUSTER_CASES } from './cluster.ts';
import { CONTAINER_CASES } from './containers.ts';
import { CONTROLLER_CASES } from './controllers.ts';
import { MOUNT_CASES } from './mounts-and-probes.ts';
import { NETWORK_CASES } from './network.ts';
import { POD_CASES } from './pods.ts';

/** Every case that the API server judges. */
export const ALL_CASES: Cases = {
  ...CONTAINER_CASES,
  ...MOUNT_CASES,
  ...POD_CASES,
  ...CONTROLLER_CASES,
  ...NETWORK_CASES,
  ...CLUSTER_CASES,
};
