import { serverRule, type ServerFinding } from './server-rule.ts';

const HIGHEST = 65535;
/** What the schema of the CRD finds itself. */
const SCHEMA_HIGHEST = 4_294_967_295;

/** The port of a server has a number, a name or a field that Istio refuses. */
export const serverPort = serverRule(
  'gateways/server-port',
  function* check({ port, number, bind, path }) {
    const isSocket = bind.startsWith('unix://');
    const found: ServerFinding[] = [];
    const wrong = number === undefined ? undefined : numberProblem(number, isSocket);
    if (wrong !== undefined)
      found.push({ path: ['number'], fault: 'value', value: number, ...wrong });
    if (port['name'] === '')
      found.push({
        path: ['name'],
        fault: 'value',
        value: '',
        message: 'the port has an empty name, and Istio refuses the Gateway',
        expected: 'a name that no other port of the Gateway has',
      });
    if (typeof port['targetPort'] === 'number' && port['targetPort'] > 0)
      found.push({
        path: ['targetPort'],
        fault: 'key',
        message: 'Istio refuses targetPort in a Gateway: it has no meaning there',
        expected: 'number, protocol and name',
      });
    yield* found.map((one) => ({ ...one, path: [...path, 'port', ...(one.path ?? [])] }));
  },
);

function numberProblem(
  number: number,
  isSocket: boolean,
): Pick<ServerFinding, 'message' | 'expected'> | undefined {
  if (number < 0 || number > SCHEMA_HIGHEST || !Number.isInteger(number)) return undefined;
  if (isSocket)
    return number === 0
      ? undefined
      : { message: 'the server listens on a socket, and Istio refuses a port', expected: '0' };
  if (number >= 1 && number <= HIGHEST) return undefined;
  return {
    message: `there is no port ${number}, and Istio refuses the Gateway`,
    expected: `a number from 1 to ${HIGHEST}`,
  };
}
