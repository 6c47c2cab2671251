import { DESTINATION_RULES } from './destination-rules.ts';
import type { Edit, KubernetesObject } from './edit.ts';
import { edited } from './edit.ts';
import { GATEWAYS } from './gateways.ts';
import { SERVICE_ENTRIES } from './service-entries.ts';
import { VIRTUAL_SERVICES } from './virtual-services.ts';

/** A valid object and what is done to it. */
export interface Family {
  readonly name: string;
  readonly valid: KubernetesObject;
  readonly edits: readonly Edit[];
}

/** One object that is judged. */
export interface JudgedObject {
  /** `Kind/family`, and `: edit` where it was edited. */
  readonly name: string;
  readonly kind: string;
  readonly object: KubernetesObject;
}

/** Every object of the comparison: the valid ones, and each with every edit of its family. */
export function corpus(): JudgedObject[] {
  return [...GATEWAYS, ...VIRTUAL_SERVICES, ...DESTINATION_RULES, ...SERVICE_ENTRIES].flatMap(
    ({ name, valid, edits }) => {
      const { kind } = valid;
      return [
        { name: `${kind}/${name}`, kind, object: valid },
        ...edits.map((edit) => ({
          name: `${kind}/${name}: ${edit[0]}`,
          kind,
          object: edited(valid, edit),
        })),
      ];
    },
  );
}
