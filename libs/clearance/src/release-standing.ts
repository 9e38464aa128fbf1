import { err, ok, type Result } from '@hetao/kernel';
import { clearanceErrors, type ClearanceError } from './clearance.errors.js';

/** How a release stands; customs says so by event. A release also ends by its own dates, without any event. */
export type ReleaseStatus = 'active' | 'suspended' | 'revoked' | 'expired';

/** What a delivering service knows of one release of an agreement. Times are instants (UTC). */
export interface ReleaseStanding {
  readonly releaseId: string;
  readonly agreementId: string;
  readonly status: ReleaseStatus;
  /** ISO 3166-1 alpha-2 or the code customs uses for other places. */
  readonly destination: string;
  readonly purpose: string;
  readonly validFrom: Date;
  /** Exclusive. */
  readonly validUntil: Date;
  /** Why it does not stand any more; null while it does. */
  readonly reason: string | null;
}

/**
 * The release a delivery under an agreement goes by, or why there is none. With no release known there is nothing to
 * check: contracts lets an agreement whose data crosses a border into force with a release only, so an agreement in
 * force that customs never spoke of stays within one place.
 *
 * @param standings all releases known of the agreement.
 */
export function checkClearance(
  standings: readonly ReleaseStanding[],
  at: Date,
): Result<ReleaseStanding | null, ClearanceError> {
  if (standings.length === 0) return ok(null);
  const inForce = standings.find((standing) => isInForce(standing, at));
  if (inForce !== undefined) return ok(inForce);
  const why = standings.map((standing) => whyNot(standing, at)).join(' ');
  return err(
    clearanceErrors.RELEASE_NOT_IN_FORCE(why, {
      meta: { releases: standings.map(({ releaseId, status }) => ({ release_id: releaseId, status })) },
    }),
  );
}

/** Whether the release covers this instant. */
export function isInForce({ status, validFrom, validUntil }: ReleaseStanding, at: Date): boolean {
  return status === 'active' && validFrom.getTime() <= at.getTime() && at.getTime() < validUntil.getTime();
}

function whyNot({ releaseId, status, reason, validFrom, validUntil }: ReleaseStanding, at: Date): string {
  if (status !== 'active') return `Release ${releaseId} is ${status}${reason === null ? '.' : `: ${reason}`}`;
  return at.getTime() < validFrom.getTime()
    ? `Release ${releaseId} begins at ${validFrom.toISOString()}.`
    : `Release ${releaseId} ended at ${validUntil.toISOString()}.`;
}
