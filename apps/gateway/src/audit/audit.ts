/** What can be noted, by what it is about. Words of this list are published: they are added to, never changed. */
export const auditActions = [
  'sign_in.refused',
  'session.started',
  'session.ended',
  'member.added',
  'member.invited',
  'member.joined',
  'member.changed',
  'member.closed',
  'invitation.revoked',
  'second_factor.enrolled',
  'second_factor.removed',
  'recovery_code.used',
  'api_key.made',
  'api_key.rolled',
  'api_key.revoked',
  'api_key.exposed',
  'client.registered',
  'client.revoked',
  'webhook_endpoint.added',
  'webhook_endpoint.changed',
  'webhook_endpoint.removed',
  'webhook_secret.rolled',
  'delivery_endpoint.connected',
  'dead_letter.replay_asked',
  'dead_letter.discard_proposed',
  'dead_letter.discarded',
  'programme.admitted',
  'programme.refused',
  'passkey.registered',
  'passkey.used',
  'passkey.removed',
] as const;

export type AuditAction = (typeof auditActions)[number];

/** Who did something, and in which request. */
export interface Actor {
  /** Account, key or client; `nobody` where nobody was known. */
  readonly subject: string;
  readonly accountId: string | null;
  readonly organisationId: string;
  readonly via: string;
  readonly requestId: string | null;
  /** Group of addresses the request came from (see client-address.ts). */
  readonly address: string | null;
}

/** One sensitive act, as whoever did it states it. */
export interface AuditAct {
  readonly actor: Actor;
  readonly action: AuditAction;
  /** Id of the account, key, session or endpoint. */
  readonly object: string;
  /** Whose it is: this organisation's people see the entry, and the exchange's. */
  readonly organisationId: string;
  readonly result: 'done' | 'refused';
  /** Words and numbers that help to understand the act; never a secret. */
  readonly detail: Readonly<Record<string, string | number | readonly string[]>>;
}

/** An act in its place in the chain. Times are instants (UTC). */
export interface AuditEntry extends AuditAct {
  readonly id: string;
  /** From 1, without a gap. */
  readonly sequence: number;
  readonly at: Date;
  /** SHA-256 in lower-case hexadecimal; of the first entry, 64 zeros. */
  readonly previousHash: string;
  readonly hash: string;
}

/** Before the first entry there is nothing. */
export const CHAIN_BEGINS = '0'.repeat(64);
