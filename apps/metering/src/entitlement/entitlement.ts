import { err, ok, type Result } from '@hetao/kernel';
import { entitlementErrors, type EntitlementError } from './entitlement.errors.js';
import { formatInstant as instant } from '../window/instant.js';

/** A right to use one product under one agreement, as contracts granted it. Times are milliseconds since 1970, UTC. */
export interface Entitlement {
  readonly entitlementId: string;
  readonly agreementId: string;
  readonly productId: string;
  readonly merchantId: string;
  readonly buyerId: string;
  readonly meters: readonly string[];
  readonly validFromMs: number;
  /** First instant no longer covered. */
  readonly validUntilMs: number;
  /** When it was revoked or its agreement ended, if it was. */
  readonly stopped: { readonly atMs: number; readonly reason: string } | null;
  /** When it rested. */
  readonly pauses: readonly Pause[];
}

/** A time in which an entitlement rested; ms since 1970. */
export interface Pause {
  readonly fromMs: number;
  /** Exclusive; null: it still rests. */
  readonly untilMs: number | null;
  readonly reason: string;
}

/** Who sends usage: the merchant who serves the product, or the exchange's own gateway. */
export interface UsageSender {
  /** Scope of event ids: two senders may use the same source and id for different events. */
  readonly senderId: string;
  readonly organisationId: string;
  readonly isSystem: boolean;
  /** Set where only these agreements may be reported: a token that was minted for them. */
  readonly agreementIds?: readonly string[];
}

/** Who reads usage. Operators and auditors see every agreement, a merchant or buyer its own. */
export interface UsageReader {
  readonly organisationId: string;
  readonly seesAll: boolean;
}

/** Usage is reported by the side that serves it; a buyer cannot write its own bill. */
export function maySend(sender: UsageSender, entitlement: Entitlement): boolean {
  if (sender.agreementIds?.includes(entitlement.agreementId) === false) return false;
  return sender.isSystem || sender.organisationId === entitlement.merchantId;
}

/** Both sides of an agreement read its usage; nobody else learns that it exists. */
export function mayRead(reader: UsageReader, parties: Pick<Entitlement, 'merchantId' | 'buyerId'>): boolean {
  return reader.seesAll || reader.organisationId === parties.merchantId || reader.organisationId === parties.buyerId;
}

/** First instant at which the right no longer holds. */
export function endMs(entitlement: Entitlement): number {
  return Math.min(entitlement.validUntilMs, entitlement.stopped?.atMs ?? entitlement.validUntilMs);
}

/**
 * The entitlement under which usage at `timeMs` happened. Usage from before a stop still counts after it: what was
 * used while the agreement was in force is owed, however late the report comes.
 *
 * @param entitlements all entitlements of one agreement, at least one.
 */
export function coveringEntitlement(
  entitlements: readonly Entitlement[],
  timeMs: number,
): Result<Entitlement, EntitlementError> {
  const covering = entitlements.filter((one) => one.validFromMs <= timeMs && timeMs < endMs(one));
  const inForce = covering.find((one) => !pauseAt(one, timeMs));
  if (inForce) return ok(inForce);
  if (covering[0]) return err(suspended(covering[0], timeMs));
  const next = entitlements.find((one) => timeMs < one.validFromMs && endMs(one) > one.validFromMs);
  if (next) return err(before(next));
  const last = entitlements.reduce<Entitlement | undefined>(
    (latest, one) => (latest && endMs(latest) >= endMs(one) ? latest : one),
    undefined,
  );
  return err(after(last));
}

/** The first meter of the list that the entitlement does not name, if any. */
export function unknownMeter(entitlement: Entitlement, meters: Iterable<string>): string | undefined {
  for (const meter of meters) if (!entitlement.meters.includes(meter)) return meter;
  return undefined;
}

function pauseAt({ pauses }: Entitlement, timeMs: number): Pause | undefined {
  return pauses.find(({ fromMs, untilMs }) => fromMs <= timeMs && (untilMs === null || timeMs < untilMs));
}

function suspended(entitlement: Entitlement, timeMs: number): EntitlementError {
  const pause = pauseAt(entitlement, timeMs);
  const since = pause ? ` since ${instant(pause.fromMs)} (${pause.reason})` : '';
  return entitlementErrors.USAGE_ENTITLEMENT_SUSPENDED(
    `The right to use under agreement ${entitlement.agreementId} was suspended${since}.`,
    { pointer: '/time' },
  );
}

function before(entitlement: Entitlement): EntitlementError {
  return entitlementErrors.USAGE_BEFORE_ENTITLEMENT(
    `Agreement ${entitlement.agreementId} takes effect at ${instant(entitlement.validFromMs)}.`,
    { pointer: '/time' },
  );
}

function after(entitlement: Entitlement | undefined): EntitlementError {
  if (!entitlement) return entitlementErrors.USAGE_AFTER_ENTITLEMENT('The agreement gives no right to use.');
  const reason = entitlement.stopped ? ` (${entitlement.stopped.reason})` : '';
  return entitlementErrors.USAGE_AFTER_ENTITLEMENT(
    `The right to use under agreement ${entitlement.agreementId} ended at ${instant(endMs(entitlement))}${reason}.`,
    { pointer: '/time' },
  );
}
