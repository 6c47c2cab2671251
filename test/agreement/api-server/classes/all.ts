import type { DefectClass } from '../corpus.ts';
import { celRules } from './cel-rules.ts';
import { absentFields } from './absent-fields.ts';
import { duplicateKeys } from './duplicate-keys.ts';
import { embeddedResources } from './embedded-resources.ts';
import { emptyTexts } from './empty-texts.ts';
import { formats } from './formats.ts';
import { fromSchema } from './from-schema.ts';
import { goRules } from './go-rules.ts';
import { annotations, finalizersAndOwners, labels } from './metadata.ts';
import { generatedNames, names, namespaces } from './names.ts';
import { removedVersions } from './removed-versions.ts';
import { serverFields } from './server-fields.ts';

/** All classes of defects, in the order in which they are printed. */
export const CLASSES: readonly DefectClass[] = [
  fromSchema('unknown field', /^(?:unknown|odd)-field$/),
  fromSchema('wrong type', /^wrong-(?:type|item|map-value)$/),
  fromSchema('missing field', /^missing-required$/),
  fromSchema('enum', /^not-in-enum$/),
  fromSchema('quantity', /^format:quantity$/),
  fromSchema('integer range', /^out-of-range|^fraction$/),
  fromSchema('pattern and length', /^(?:pattern|any-text|too-short|too-long)$/),
  fromSchema('null', /^null-/, ({ kind }) => kind.dialect === 'crd'),
  fromSchema('number of items', /^too-(?:many|few)-/),
  fromSchema('alternatives', /-of-one$/),
  fromSchema('int or string', /^fraction:int-or-string$/),
  fromSchema('built-in format', /^format:(?:byte|date-time)$/),
  fromSchema('duplicate item', /^duplicate-/),
  duplicateKeys,
  emptyTexts,
  formats,
  embeddedResources,
  names,
  generatedNames,
  namespaces,
  labels,
  annotations,
  finalizersAndOwners,
  serverFields,
  removedVersions,
  celRules,
  absentFields,
  goRules('selector', ['label-selector', 'selector-mismatch']),
  goRules('container', ['container-image', 'container-name', 'env', 'resources']),
  goRules('volume', ['volume', 'volume-mount']),
  goRules('probe', ['lifecycle', 'probe']),
  goRules('port', ['container-port', 'service-port']),
  goRules('service', ['ingress', 'network-policy', 'service-address']),
];
