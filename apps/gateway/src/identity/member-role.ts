/** What a member does for his organisation; the words are those of the catalog's teams. */
export const memberRoles = ['owner', 'editor', 'finance', 'compliance', 'read_only'] as const;
export type MemberRole = (typeof memberRoles)[number];

/** The parts of the exchange, in the words of scopes (see route-table.ts). */
type Area =
  | 'catalog'
  | 'contracts'
  | 'usage'
  | 'settlement'
  | 'customs'
  | 'attestation'
  | 'sandbox'
  | 'delivery'
  | 'webhook'
  | 'identity';

/**
 * Which roles may change something, by the part of the exchange; an owner may everywhere, and everybody may read. What a
 * service asks beyond that (four eyes, limits, one role for one form) it asks itself.
 */
const changedBy: Readonly<Record<Area, readonly MemberRole[]>> = {
  catalog: ['editor', 'compliance', 'finance'],
  contracts: ['editor', 'compliance', 'finance'],
  usage: ['editor', 'finance'],
  settlement: ['finance'],
  customs: ['compliance', 'editor'],
  attestation: ['compliance', 'editor'],
  sandbox: ['editor', 'compliance'],
  delivery: ['editor'],
  webhook: ['editor'],
  identity: ['editor'],
};

/** The roles that may change something in this part. */
export function rolesThatChange(area: Area): readonly MemberRole[] {
  return ['owner', ...changedBy[area]];
}

/** Whether a member with these roles may change something in this part. */
export function mayChange(roles: readonly MemberRole[], area: Area): boolean {
  const enough = rolesThatChange(area);
  return roles.some((role) => enough.includes(role));
}

/** What is wrong with a set of roles, in words; undefined when it may be given. */
export function rolesFault(roles: readonly MemberRole[]): string | undefined {
  if (new Set(roles).size !== roles.length) return 'A role is named twice.';
  return roles.includes('read_only') && roles.length > 1 ? 'Who only reads holds no other role.' : undefined;
}
