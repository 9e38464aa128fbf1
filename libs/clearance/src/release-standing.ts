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
  /** When it did not stand, the earliest first. */
  readonly pauses: readonly ReleasePause[];
}

/** A time in which a release did not stand. Instants in ms since 1970. */
export interface ReleasePause {
  readonly status: Exclude<ReleaseStatus, 'active'>;
  readonly reason: string | null;
  readonly fromMs: number;
  /** Exclusive; null: it still does not stand. */
  readonly untilMs: number | null;
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
  return inForce === undefined ? err(notInForce(standings, at, whyNot)) : ok(inForce);
}

/**
 * The release a delivery went by at the time it happened, or why there was none. A delivery of before a suspension is
 * reported, counted and owed after it; one that happened while the release did not stand is not, even when it stands
 * again. For what is delivered now ask {@link checkClearance}.
 *
 * @param standings all releases known of the agreement.
 * @param usedAt when it was delivered.
 */
export function checkUse(
  standings: readonly ReleaseStanding[],
  usedAt: Date,
): Result<ReleaseStanding | null, ClearanceError> {
  if (standings.length === 0) return ok(null);
  const stood = standings.find(
    (standing) => !pauseAt(standing, usedAt) && isInForce({ ...standing, status: 'active' }, usedAt),
  );
  return stood === undefined ? err(notInForce(standings, usedAt, whyNotThen)) : ok(stood);
}

function notInForce(standings: readonly ReleaseStanding[], at: Date, tell: typeof whyNot): ClearanceError {
  const why = standings.map((standing) => tell(standing, at)).join(' ');
  return clearanceErrors.RELEASE_NOT_IN_FORCE(why, {
    meta: { releases: standings.map(({ releaseId, status }) => ({ release_id: releaseId, status })) },
  });
}

function pauseAt({ pauses }: ReleaseStanding, at: Date): ReleasePause | undefined {
  const ms = at.getTime();
  return pauses.find(({ fromMs, untilMs }) => fromMs <= ms && (untilMs === null || ms < untilMs));
}

function whyNotThen(standing: ReleaseStanding, at: Date): string {
  const pause = pauseAt(standing, at);
  if (!pause) return whyNot({ ...standing, status: 'active' }, at);
  const [from, until] = [pause.fromMs, pause.untilMs].map((ms) => ms !== null && new Date(ms).toISOString());
  const when = until ? `was ${pause.status} from ${from} until ${until}` : `is ${pause.status} since ${from}`;
  return `Release ${standing.releaseId} ${when}${pause.reason === null ? '.' : `: ${pause.reason}`}`;
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
