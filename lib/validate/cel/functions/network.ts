import { Arguments, type FunctionTable } from '../call.ts';
import { CelError, ExtensionValue, type Value } from '../value.ts';

const MOST_BITS = { 4: 32, 6: 128 } as const;

/** An IP address, as `ip('10.0.0.1')` makes it. */
export class IpAddress extends ExtensionValue {
  readonly typeName = 'net.IP';
  readonly family: 4 | 6;
  readonly bits: bigint;

  constructor(family: 4 | 6, bits: bigint) {
    super();
    this.family = family;
    this.bits = bits;
  }

  equals(other: IpAddress): boolean {
    return this.family === other.family && this.bits === other.bits;
  }

  /** The canonical form, RFC 5952 for IPv6. */
  text(): string {
    return this.family === 4 ? ipv4Text(this.bits) : ipv6Text(this.bits);
  }

  /** The first `count` bits, as a number. */
  prefix(count: number): bigint {
    return this.bits >> BigInt(MOST_BITS[this.family] - count);
  }
}

/** A network in CIDR notation, as `cidr('10.0.0.0/8')` makes it. */
export class Cidr extends ExtensionValue {
  readonly typeName = 'net.CIDR';
  readonly address: IpAddress;
  readonly length: number;

  constructor(address: IpAddress, length: number) {
    super();
    this.address = address;
    this.length = length;
  }

  equals(other: Cidr): boolean {
    return this.address.equals(other.address) && this.length === other.length;
  }

  text(): string {
    return `${this.address.text()}/${this.length}`;
  }

  contains(address: IpAddress): boolean {
    return (
      this.address.family === address.family &&
      this.address.prefix(this.length) === address.prefix(this.length)
    );
  }

  masked(): Cidr {
    const { family } = this.address;
    const bits = this.address.prefix(this.length) << BigInt(MOST_BITS[family] - this.length);
    return new Cidr(new IpAddress(family, bits), this.length);
  }
}

/** Go's netip.ParseAddr without zones and without IPv4 in IPv6; undefined when the text is no such address. */
export function parseIp(text: string): IpAddress | undefined {
  if (!text.includes(':')) {
    const bits = ipv4Bits(text);
    return bits === undefined ? undefined : new IpAddress(4, bits);
  }
  const bits = ipv6Bits(text);
  return bits === undefined || bits >> 32n === 0xff_ffn ? undefined : new IpAddress(6, bits);
}

/** Whether a text may stand between the brackets of a URL's host. */
export function isIpLiteral(text: string): boolean {
  return text.includes(':') && ipv6Bits(text) !== undefined;
}

/** Go's netip.ParsePrefix without IPv4 in IPv6; undefined when the text is no network. */
export function parseCidr(text: string): Cidr | undefined {
  const [, head = '', tail = ''] = /^([^/]*)\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
  const address = parseIp(head);
  if (address === undefined || Number(tail) > MOST_BITS[address.family]) return undefined;
  return new Cidr(address, Number(tail));
}

function ipv4Bits(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  if (!parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.reduce((bits, part) => bits * 256n + BigInt(part), 0n);
}

function ipv6Bits(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const groups = halves.map((half, index) => ipv6Groups(half, index === halves.length - 1));
  const [head, tail] = groups;
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  const known = head.length + (tail?.length ?? 0);
  if (halves.length === 1 ? known !== 8 : known > 7) return undefined;
  const filled = [...head, ...Array<bigint>(8 - known).fill(0n), ...(tail ?? [])];
  return filled.reduce((bits, group) => bits * 65_536n + group, 0n);
}

/** The last group may be an IPv4 address. */
function ipv6Groups(text: string, isLast: boolean): bigint[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const groups: bigint[] = [];
  for (const [index, part] of parts.entries()) {
    const embedded = isLast && index === parts.length - 1 ? ipv4Bits(part) : undefined;
    if (embedded !== undefined) groups.push(embedded >> 16n, embedded & 0xff_ffn);
    else if (/^[\da-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
}

function ipv4Text(bits: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 255n).join('.');
}

/** The longest run of two or more zero groups is left out, the first of several. */
function ipv6Text(bits: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((bits >> BigInt(112 - 16 * index)) & 0xff_ffn).toString(16),
  );
  const runs = [...groups.join(':').matchAll(/(?<![\da-f])0(?::0)+(?![\da-f])/g)];
  const longest = runs.reduce<RegExpExecArray | undefined>(
    (best, run) => (best === undefined || run[0].length > best[0].length ? run : best),
    undefined,
  );
  const text = groups.join(':');
  if (longest === undefined) return text;
  const head = text.slice(0, Math.max(0, longest.index - 1));
  return `${head}::${text.slice(longest.index + longest[0].length + 1)}`;
}

function ipOf(text: string): IpAddress {
  const address = parseIp(text);
  if (address === undefined)
    throw new CelError(
      `IP Address ${JSON.stringify(text)} parse error during conversion from string`,
    );
  return address;
}

function cidrOf(text: string): Cidr {
  const network = parseCidr(text);
  if (network === undefined)
    throw new CelError('network address parse error during conversion from string');
  return network;
}

/** Kubernetes' functions of addresses and networks. */
export const NETWORK_FUNCTIONS: FunctionTable = {
  ip: (values) => ipOf(new Arguments('ip', values, [1]).text(0)),
  isIP: (values) => parseIp(new Arguments('isIP', values, [1]).text(0)) !== undefined,
  'ip.isCanonical'(values) {
    const text = new Arguments('ip.isCanonical', values, [1]).text(0);
    return ipOf(text).text() === text;
  },
  cidr: (values) => cidrOf(new Arguments('cidr', values, [1]).text(0)),
  isCIDR: (values) => parseCidr(new Arguments('isCIDR', values, [1]).text(0)) !== undefined,
};

/** Kubernetes' methods of addresses and networks. */
export const NETWORK_METHODS: FunctionTable = {
  family: (values) => BigInt(addressOf('family', values).family),
  isUnspecified: (values) => addressOf('isUnspecified', values).bits === 0n,
  isLoopback(values) {
    const { family, bits } = addressOf('isLoopback', values);
    return family === 4 ? bits >> 24n === 127n : bits === 1n;
  },
  isLinkLocalMulticast: (values) => isLinkLocalMulticast(addressOf('isLinkLocalMulticast', values)),
  isLinkLocalUnicast: (values) => isLinkLocalUnicast(addressOf('isLinkLocalUnicast', values)),
  isGlobalUnicast: (values) => isGlobalUnicast(addressOf('isGlobalUnicast', values)),
  ip: (values) => networkOf('ip', values).address,
  prefixLength: (values) => BigInt(networkOf('prefixLength', values).length),
  masked: (values) => networkOf('masked', values).masked(),
  containsIP(values) {
    const args = new Arguments('containsIP', values, [2]);
    const other = args.value(1);
    return args
      .of(Cidr, 0)
      .contains(typeof other === 'string' ? ipOf(other) : args.of(IpAddress, 1));
  },
  containsCIDR(values) {
    const args = new Arguments('containsCIDR', values, [2]);
    const [outer, value] = [args.of(Cidr, 0), args.value(1)];
    const inner = typeof value === 'string' ? cidrOf(value) : args.of(Cidr, 1);
    return outer.length <= inner.length && outer.contains(inner.address);
  },
};

function addressOf(name: string, values: readonly Value[]): IpAddress {
  return new Arguments(name, values, [1]).of(IpAddress, 0);
}

function networkOf(name: string, values: readonly Value[]): Cidr {
  return new Arguments(name, values, [1]).of(Cidr, 0);
}

function isLinkLocalMulticast({ family, bits }: IpAddress): boolean {
  return family === 4 ? bits >> 8n === 0xe0_00_00n : ((bits >> 112n) & 0xff_0fn) === 0xff_02n;
}

function isLinkLocalUnicast(ip: IpAddress): boolean {
  return ip.family === 4 ? ip.prefix(16) === 0xa9_fen : ip.prefix(10) === 0x3_fan;
}

function isGlobalUnicast(ip: IpAddress): boolean {
  const isMulticast = ip.family === 4 ? ip.prefix(4) === 0xen : ip.prefix(8) === 0xffn;
  const isLoopback = ip.family === 4 ? ip.prefix(8) === 127n : ip.bits === 1n;
  const isBroadcast = ip.family === 4 && ip.bits === 0xff_ff_ff_ffn;
  return ip.bits !== 0n && !isMulticast && !isLoopback && !isBroadcast && !isLinkLocalUnicast(ip);
}
