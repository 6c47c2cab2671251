import type { Rule } from '../rule.ts';
import { configKeyFault } from './support/forms.ts';
import { kindRule } from './support/own-pods.ts';

/** In bytes, of data and binaryData together. */
const MOST = 1024 * 1024;

/** Keys and size of a ConfigMap. Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/validation, ValidateConfigMap. */
export const configMap: Rule = kindRule('workloads/config-map', ['/ConfigMap'], function* (object) {
  const data = object.at('data');
  const binary = object.at('binaryData');
  for (const list of [data, binary])
    for (const key in list.fields) {
      const fault = configKeyFault(key);
      if (fault !== undefined)
        yield list.at(key).extra(`the key "${key}" ${fault}`, {
          hint: 'A key is the name of a file, not a path; `items` of the volume gives it a path.',
        });
    }
  for (const key in binary.fields)
    if (Object.hasOwn(data.fields, key))
      yield binary.at(key).extra(`the key "${key}" is in data, too`);
  const size = sizeOf(data.fields, 1) + sizeOf(binary.fields, 3 / 4);
  if (size > MOST)
    yield data.wrong(`the ConfigMap has ${Math.round(size / 1024)} KiB, and may have 1024`, {
      hint: 'Split it, or put the files into an image or a volume.',
    });
});

/** @param share how much of the text becomes data: base64 has four letters for three bytes. */
function sizeOf(data: Readonly<Record<string, unknown>>, share: number): number {
  let size = 0;
  for (const key in data) {
    const value = data[key];
    if (typeof value === 'string') size += Buffer.byteLength(value) * share;
  }
  return size;
}
