import { createHash } from 'node:crypto';
import { canonicalJson } from '@hetao/kernel';
import { CHAIN_BEGINS, type AuditEntry } from './audit.js';

/** What the hash of an entry covers: all of it, and the hash of the entry before. */
export type UnhashedEntry = Omit<AuditEntry, 'hash'>;

/** SHA-256 over the canonical JSON (RFC 8785) of the entry, in lower-case hexadecimal: anybody can compute it again. */
export function hashOfEntry(entry: UnhashedEntry): string {
  const { id, sequence, at, previousHash, actor, action, object, organisationId, result, detail } = entry;
  const covered = {
    ...{ id, sequence, at: at.toISOString(), previous_hash: previousHash },
    actor: {
      ...{ subject: actor.subject, account_id: actor.accountId, organisation_id: actor.organisationId },
      ...{ via: actor.via, request_id: actor.requestId, address: actor.address },
    },
    ...{ action, object, organisation_id: organisationId, result, detail },
  };
  return createHash('sha256').update(canonicalJson(covered)).digest('hex');
}

/** The first entry of a run, in the order of its sequence, that does not follow from the one before it. */
export function firstBreak(entries: readonly AuditEntry[]): AuditEntry | undefined {
  return entries.find((entry, index) => {
    const before = entries[index - 1];
    const isFirst = entry.sequence === 1;
    const follows =
      before === undefined
        ? !isFirst || entry.previousHash === CHAIN_BEGINS
        : entry.sequence === before.sequence + 1 && entry.previousHash === before.hash;
    return !follows || entry.hash !== hashOfEntry(entry);
  });
}
