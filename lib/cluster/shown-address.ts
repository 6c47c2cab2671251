/**
 * The address of an API server as it may be shown: without user name, password and query, in which proxies take tokens.
 *
 * @param address as a kubeconfig or a spec.json has it; it may be no URL.
 */
export function shownAddress(address: string): string {
  const plain = address.replace(/\/\/[^/]*@/, '//');
  if (!URL.canParse(plain)) return plain;
  const { origin, pathname } = new URL(plain);
  // Of a scheme that is none of the web's.
  return origin === 'null' ? plain : `${origin}${pathname.replace(/\/$/, '')}`;
}
