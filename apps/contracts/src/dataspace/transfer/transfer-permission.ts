import { err, ok, type Result } from '@hetao/kernel';
import { evaluatePolicy, type OdrlPolicy } from '@hetao/rules';
import { dataspaceErrors, type DataspaceError } from '../dataspace.errors.js';
import type { TransferRole } from './transfer.js';

/** Whose are agreements that no negotiation led to: those of a conformance run. */
export const SEEDED_ORGANISATION = 'org_exchange';

/** An agreement with a peer, as far as transfers go by it. */
export interface TransferAgreement {
  readonly agreementRef: string;
  readonly role: TransferRole;
  readonly datasetId: string;
  /** What the product is; null for a seeded one. */
  readonly productKind: string | null;
  readonly state: 'agreed' | 'finalized' | 'terminated';
  /** The organisation of this exchange that is our side of it. */
  readonly organisationId: string;
  readonly assignee: string;
  /** The organisation of this exchange that the consumer stands for; null for a seeded one. */
  readonly buyerId: string | null;
  readonly policy: OdrlPolicy;
  readonly agreedAt: Date;
  /** Our own agreement, where we are the provider; null for a seeded one. */
  readonly agreementId: string | null;
  readonly entitlement: {
    readonly status: string;
    readonly validFrom: Date;
    readonly validUntil: Date;
  } | null;
  readonly purpose: string | null;
  readonly place: string | null;
}

/**
 * Whether data may be asked for under an agreement now: finalized, in force on our side, and its usage policy holds for
 * this consumer at this instant.
 *
 * @returns DSP_UNKNOWN_AGREEMENT or DSP_POLICY_REJECTED with the reason.
 */
export function permitTransfer(
  agreement: TransferAgreement | undefined,
  { role, at, ref }: { readonly role: TransferRole; readonly at: Date; readonly ref: string },
): Result<TransferAgreement, DataspaceError> {
  if (agreement?.role !== role || agreement.state !== 'finalized') {
    return err(dataspaceErrors.DSP_UNKNOWN_AGREEMENT(`There is no finalized agreement ${ref} of yours.`));
  }
  if (role === 'consumer') return ok(agreement);
  const over = whyNoAccess(agreement, at);
  if (over !== null) return err(dataspaceErrors.DSP_UNKNOWN_AGREEMENT(over));
  const { policy, purpose, place, assignee, buyerId, agreedAt } = agreement;
  const use = { action: 'use', at, agreedAt, purpose: purpose ?? undefined, place: place ?? undefined, count: 1 };
  // A policy may name the consumer by either of its names.
  const decisions = [assignee, buyerId ?? assignee].map((recipient) => evaluatePolicy(policy, { ...use, recipient }));
  const [decision] = decisions;
  if (decision === undefined || decisions.some(({ permitted }) => permitted)) return ok(agreement);
  return err(dataspaceErrors.DSP_POLICY_REJECTED(decision.reason.en));
}

function whyNoAccess({ agreementId, agreementRef, entitlement }: TransferAgreement, at: Date): string | null {
  if (agreementId === null) return null;
  if (entitlement === null)
    return `Agreement ${agreementRef} is not in force yet: its beginning or its release is awaited.`;
  if (entitlement.status !== 'granted') return `Agreement ${agreementRef} gives no access any more.`;
  if (at < entitlement.validFrom) return `Agreement ${agreementRef} begins at ${entitlement.validFrom.toISOString()}.`;
  return at >= entitlement.validUntil
    ? `Agreement ${agreementRef} ended at ${entitlement.validUntil.toISOString()}.`
    : null;
}
