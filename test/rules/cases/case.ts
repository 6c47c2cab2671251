/** By rule: what the API server refuses for what the rule says, and what it takes though it is near. */
export type Cases = Readonly<
  Record<
    string,
    {
      readonly wrong: Readonly<Record<string, string>>;
      readonly right: Readonly<Record<string, string>>;
    }
  >
>;

/** @param fields members of the object beside its metadata, as YAML in one line each. */
export function object(type: string, fields: string, name = 'a'): string {
  const [apiVersion, kind] = [
    type.slice(0, type.lastIndexOf('/')),
    type.slice(type.lastIndexOf('/') + 1),
  ];
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: shop}\n${fields}\n`;
}

/** An object without a namespace. */
export function clusterObject(type: string, fields: string, name = 'a'): string {
  return object(type, fields, name).replace(', namespace: shop', '');
}

/** A Pod with one container, and what else its spec has. */
export function pod(fields: string): string {
  return object('v1/Pod', `spec: {containers: [{name: a, image: b}], ${fields}}`);
}

/** A Pod whose container has more fields. */
export function container(fields: string, ofPod = ''): string {
  return object('v1/Pod', `spec: {containers: [{name: a, image: b, ${fields}}], ${ofPod}}`);
}

/** Fields of a template with one container. */
export function template(ofPod = '', ofContainer = ''): string {
  return `template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: b, ${ofContainer}}], ${ofPod}}}`;
}

const SELECTOR = 'selector: {matchLabels: {app: a}}';

/** A Deployment; without more it is right. */
export function deployment(fields: string, ofTemplate = template()): string {
  return object('apps/v1/Deployment', `spec: {${SELECTOR}, ${ofTemplate}, ${fields}}`);
}

/** A StatefulSet; without more it is right. */
export function statefulSet(fields: string, ofTemplate = template()): string {
  return object('apps/v1/StatefulSet', `spec: {${SELECTOR}, ${ofTemplate}, ${fields}}`);
}

/** A DaemonSet; without more it is right. */
export function daemonSet(fields: string, ofTemplate = template()): string {
  return object('apps/v1/DaemonSet', `spec: {${SELECTOR}, ${ofTemplate}, ${fields}}`);
}

/** A Job whose Pods are never restarted. */
export function job(fields: string, ofPod = 'restartPolicy: Never'): string {
  return object(
    'batch/v1/Job',
    `spec: {template: {spec: {containers: [{name: a, image: b}], ${ofPod}}}, ${fields}}`,
  );
}

/** A CronJob. */
export function cronJob(fields: string): string {
  const inner = '{template: {spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}}';
  return object('batch/v1/CronJob', `spec: {jobTemplate: {spec: ${inner}}, ${fields}}`);
}
