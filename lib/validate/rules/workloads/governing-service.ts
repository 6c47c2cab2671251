import type { Rule } from '../rule.ts';
import { hasForm } from './support/checks.ts';
import { dnsLabelFault } from './support/forms.ts';
import { kindRule } from './support/own-pods.ts';

/**
 * A StatefulSet names a Service for the names of its Pods that is not there: the Pods run, and their names do not resolve.
 * Source: Kubernetes documentation, StatefulSet, stable network ID.
 */
export const governingService: Rule = {
  ...kindRule('workloads/governing-service', ['apps/StatefulSet'], function* (object, objects) {
    const name = object.in('spec', 'serviceName');
    if (name.isEmpty || name.text === undefined) return;
    if (dnsLabelFault(name.text) !== undefined) {
      for (const finding of hasForm(name, 'serviceName', dnsLabelFault))
        yield { ...finding, severity: 'error' };
      return;
    }
    const { namespace } = object.on.resource;
    if (objects.find('', 'Service', { namespace, name: name.text }) !== undefined) return;
    const services = objects
      .of('', 'Service')
      .filter(({ resource }) => resource.namespace === namespace);
    yield name.wrong(`no Service ${name.text} is rendered in the namespace ${namespace ?? ''}`, {
      expected: 'the name of a headless Service that selects the Pods',
      hint: hintFor(services.map(({ resource }) => resource.name)),
    });
  }),
  looksForAbsence: true,
};

/** So many names are shown in a hint. */
const MOST_SHOWN = 10;

function hintFor(services: readonly string[]): string {
  const rendered =
    services.length > 0 && services.length <= MOST_SHOWN
      ? `Rendered there: ${services.join(', ')}. `
      : '';
  return `${rendered}When the cluster or another environment has it, accept this finding.`;
}
