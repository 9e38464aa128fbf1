/**
 * The address a request really came from. Each of our own proxies appends the address it saw to X-Forwarded-For, so
 * with `trustedHops` of them the caller stands that many places from the right; everything further left is what the
 * caller claims about itself and is never believed.
 */
export function clientAddress(socketAddress: string, forwardedFor: string | undefined, trustedHops: number): string {
  const socket = plain(socketAddress);
  if (trustedHops === 0 || forwardedFor === undefined) return socket;
  const hops = forwardedFor.split(',').map((hop) => hop.trim());
  const claimed = hops[hops.length - trustedHops];
  // Fewer entries than proxies: somebody reached us past one of them. The socket is the only truth then.
  return claimed === undefined || !ADDRESS.test(claimed) ? socket : plain(claimed);
}

/** Loose on purpose: it only keeps nonsense out of the counters and logs. */
const ADDRESS = /^[0-9A-Fa-f:.]{2,45}$/;

/** IPv4 as itself where the socket shows it mapped into IPv6 (RFC 4291 2.5.5.2). */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '').toLowerCase();
}

/** What is counted as one place: an IPv4 address, or the /64 that one IPv6 subscriber owns. */
export function addressGroup(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('::', 2);
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  const groups = [...left, ...zeros, ...right].map((group) => group.replace(/^0+(?=.)/, '').toLowerCase());
  return `${groups.slice(0, 4).join(':')}::/64`;
}
