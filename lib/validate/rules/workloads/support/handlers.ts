import type { RuleFinding } from '../../rule.ts';
import { hasOne, isPortOrName } from './checks.ts';
import { isPort } from './forms.ts';
import type { Place } from './place.ts';

/**
 * What a probe or a lifecycle hook does: exactly one thing, with what that needs.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/validation, validateHandler.
 */
export function* handlerFaults(
  handler: Place,
  kinds: readonly string[],
  what: string,
): Iterable<RuleFinding> {
  yield* hasOne(handler, kinds, { what });
  const exec = handler.at('exec');
  const command = exec.at('command');
  if (
    exec.isSet &&
    (!command.isSet || (Array.isArray(command.value) && command.value.length === 0))
  )
    yield command.missing(`exec of ${what} has no command`);
  yield* isPortOrName(handler.in('httpGet', 'port'), 'the port');
  yield* isPortOrName(handler.in('tcpSocket', 'port'), 'the port');
  const grpc = handler.in('grpc', 'port');
  if (grpc.number !== undefined && !isPort(grpc.number)) yield* isPortOrName(grpc, 'the port');
  for (const header of handler.in('httpGet', 'httpHeaders').items) {
    const name = header.at('name');
    if (name.text !== undefined && !/^[-A-Za-z0-9]+$/.test(name.text))
      yield name.wrong(
        `the name of the header "${name.text}" may have only letters, digits and "-"`,
      );
  }
}

/**
 * A port by name that the container does not have: the kubelet cannot find it, and the handler fails each time.
 * Source: k8s.io/kubernetes v1.36.3 pkg/probe, ResolveContainerPort.
 */
export function* unknownPort(handler: Place, container: Place): Iterable<RuleFinding> {
  for (const kind of ['httpGet', 'tcpSocket']) {
    const port = handler.in(kind, 'port');
    const { text } = port;
    if (text === undefined || text === '') continue;
    const names = container.at('ports').items.map((each) => each.at('name').text);
    if (names.includes(text)) continue;
    yield {
      ...port.wrong(`the container has no port named ${text}, so this fails each time`, {
        hint: 'Name a port of the container so, or give the number.',
      }),
      severity: 'warning',
    };
  }
}
