import type { Rule, RuleFinding } from '../rule.ts';
import { isAddress } from './support/cidr.ts';
import { podRule } from './support/own-pods.ts';
import type { Place } from './support/place.ts';

const MOST_SERVERS = 3;
const MOST_SEARCHES = 32;
const MOST_LETTERS = 2048;
const SEARCH =
  /^(?=.{1,253}$)[a-z0-9_](?:[-_a-z0-9]*[a-z0-9_])?(?:\.[a-z0-9_](?:[-_a-z0-9]*[a-z0-9_])?)*$/;

/**
 * The names that Pods resolve.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/validation, validatePodDNSConfig, ValidateHostAliases.
 */
export const dns: Rule = podRule(
  'workloads/dns',
  function* ({ spec }) {
    const config = spec.at('dnsConfig');
    const servers = config.at('nameservers');
    if (spec.fields['dnsPolicy'] === 'None' && servers.texts.length === 0)
      yield (config.isSet ? servers : config).missing(
        'dnsPolicy None needs nameservers in dnsConfig',
      );
    if (!config.isSet) return;
    yield* serverFaults(servers);
    yield* searchFaults(config.at('searches'));
    for (const option of config.at('options').items)
      if (option.at('name').isEmpty) yield option.at('name').missing('the DNS option has no name');
  },
  {
    about: ['dnsConfig', 'dnsPolicy'],
    reads: ({ fields }) => [fields['dnsConfig'], fields['dnsPolicy']],
  },
);

function* serverFaults(servers: Place): Iterable<RuleFinding> {
  const { texts } = servers;
  if (texts.length > MOST_SERVERS)
    yield servers.wrong(`there are ${texts.length} nameservers, and ${MOST_SERVERS} are allowed`);
  for (const server of texts)
    if (!isAddress(server.text ?? ''))
      yield server.wrong(`the nameserver "${server.text}" is no IP address`);
}

function* searchFaults(searches: Place): Iterable<RuleFinding> {
  const { texts } = searches;
  const letters = texts.map((search) => search.text).join(' ').length;
  if (texts.length > MOST_SEARCHES || letters > MOST_LETTERS)
    yield searches.wrong(
      `${MOST_SEARCHES} search domains with ${MOST_LETTERS} characters are allowed`,
    );
  for (const search of texts)
    if (search.text !== '.' && !SEARCH.test(search.text?.replace(/\.$/, '') ?? ''))
      yield search.wrong(`the search domain "${search.text}" is no domain`);
}
