import { defineTransitions, err, ok, type Result } from '@hetao/kernel';
import type { ReleaseLogReceipt, ReleaseScope, YearLimits } from '@hetao/rules';
import { releaseErrors, type ReleaseError } from './release.errors.js';

export type ReleaseStatus = 'active' | 'suspended' | 'revoked' | 'expired';
export type ReleaseCommand = 'suspend' | 'resume' | 'revoke' | 'expire';

/**
 * Revoked and expired are for ever. A suspended release may be revoked, and expires, as it is. The reference lets it be
 * resumed first; that would deliver again for a moment under a release that is about to end, and one that nobody resumes
 * would never be closed.
 */
export const releaseTransitions = defineTransitions<ReleaseStatus, ReleaseCommand>({
  active: { suspend: 'suspended', revoke: 'revoked', expire: 'expired' },
  suspended: { resume: 'active', revoke: 'revoked', expire: 'expired' },
  revoked: {},
  expired: {},
}).assertReachable('active');

/** Distinct persons a release covers in all; null: none of that kind may be sent. */
export interface ReleaseQuota {
  readonly general: number | null;
  readonly sensitive: number | null;
}
/** Leave for data to cross a border, within a scope, a quota and two dates. */
export interface Release {
  readonly id: string;
  readonly declarationId: string;
  readonly exporterId: string;
  /** The agreement it was declared for; null: none of this exchange. */
  readonly agreementId: string | null;
  readonly status: ReleaseStatus;
  readonly scope: ReleaseScope;
  readonly pathway: string;
  readonly ruleId: string;
  /** Whether its persons count towards the exporter's year. */
  readonly counted: boolean;
  readonly quota: ReleaseQuota;
  /** From how many persons in the exporter's year on its pathway no longer holds. */
  readonly yearLimits: YearLimits;
  readonly validFrom: Date;
  readonly validUntil: Date;
  readonly token: string;
  /** Where the transparency log has the issue of this release, once it is sealed there. */
  readonly logReceipt: ReleaseLogReceipt | null;
  /** The token signed again with the receipt in it; nothing else differs. */
  readonly sealedToken: string | null;
  readonly reason: string | null;
  readonly issuedBy: string;
  readonly issuedAt: Date;
  readonly changedAt: Date;
}

/** Changes the standing of a release. A command that already happened changes nothing. */
export function changeRelease(
  before: Release,
  change: { readonly command: ReleaseCommand; readonly reason: string; readonly at: Date },
): Result<{ readonly release: Release; readonly changed: boolean }, ReleaseError> {
  const goals = { suspend: 'suspended', resume: 'active', revoke: 'revoked', expire: 'expired' } as const;
  if (before.status === goals[change.command]) return ok({ release: before, changed: false });
  const [status] = releaseTransitions.targets(before.status, change.command);
  if (status === undefined) {
    return err(
      releaseErrors.RELEASE_NOT_ACTIVE(
        `Release ${before.id} is ${before.status}; "${change.command}" is not possible.`,
        {
          meta: { status: before.status, accepted: releaseTransitions.commandsFrom(before.status) },
        },
      ),
    );
  }
  return ok({ release: { ...before, status, reason: change.reason, changedAt: change.at }, changed: true });
}

/**
 * When a release begins: now, unless the officer names a day. What the authority decided earlier covers deliveries from
 * then on, never from before its decision. Days are the mainland's.
 *
 * @param chosen a day and its first instant.
 */
export function beginning(
  chosen: { readonly day: string; readonly from: Date } | null,
  decidedOn: string | null,
  at: Date,
): Result<Date, ReleaseError> {
  if (chosen === null) return ok(at);
  const { day, from } = chosen;
  if (decidedOn !== null && day >= decidedOn && from.getTime() <= at.getTime()) return ok(from);
  const detail = `${day} is before the decision of ${decidedOn ?? 'an unknown day'}, or lies in the future.`;
  return err(releaseErrors.RELEASE_BEGINNING_INVALID(detail, { pointer: '/valid_from' }));
}

/** Checks a quota against the persons declared: positive where there are such data, and never beyond them. */
export function checkQuota(
  quota: ReleaseQuota,
  declared: { readonly general: number; readonly sensitive: number },
): Result<null, ReleaseError> {
  for (const category of ['general', 'sensitive'] as const) {
    const [allowed, planned] = [quota[category], declared[category]];
    const fits = planned === 0 ? allowed === null : allowed !== null && allowed > 0 && allowed <= planned;
    if (!fits) {
      const detail = `${category}: ${planned} persons are declared, a quota of ${String(allowed)} was given.`;
      return err(releaseErrors.RELEASE_QUOTA_INVALID(detail, { pointer: `/quota/${category}` }));
    }
  }
  return ok(null);
}

/** Whether so many distinct persons in all stay within the quota. */
export function checkUsed(
  release: Release,
  used: { readonly general: number; readonly sensitive: number },
): Result<null, ReleaseError> {
  for (const category of ['general', 'sensitive'] as const) {
    const allowed = release.quota[category] ?? 0;
    if (used[category] > allowed) {
      const detail = `Release ${release.id} covers ${allowed} persons (${category}); with these it would be ${used[category]}.`;
      return err(releaseErrors.RELEASE_QUOTA_EXHAUSTED(detail, { meta: { category, quota: allowed } }));
    }
  }
  return ok(null);
}

/** Which kind of data the release has no person left for; null while there is room. Told after a delivery. */
export function exhausted(
  { quota }: Pick<Release, 'quota'>,
  used: { readonly general: number; readonly sensitive: number },
): 'general' | 'sensitive' | null {
  const full = (['general', 'sensitive'] as const).find((category) => {
    const allowed = quota[category];
    return allowed === null ? used[category] > 0 : used[category] >= allowed;
  });
  return full ?? null;
}

/** Whether so many persons in the exporter's year leave the release its pathway; what counts is never too low. */
export function checkYear(
  release: Pick<Release, 'id' | 'yearLimits' | 'pathway' | 'ruleId'>,
  year: { readonly year: number; readonly general: number; readonly sensitive: number },
): Result<null, ReleaseError> {
  for (const category of ['general', 'sensitive'] as const) {
    const limit = release.yearLimits[category];
    if (limit === null || year[category] < limit) continue;
    const detail =
      `Release ${release.id}: the exporter's year ${year.year} reaches ${year[category]} persons (${category}, at most); ` +
      `its pathway ${release.pathway} (${release.ruleId}) holds below ${limit}.`;
    return err(releaseErrors.RELEASE_YEAR_EXHAUSTED(detail, { meta: { category, limit, year: year.year } }));
  }
  return ok(null);
}

/** Whether data may be delivered under the release now. */
export function checkInForce(release: Release, at: { getTime(): number }): Result<null, ReleaseError> {
  const now = at.getTime();
  const inTime = now >= release.validFrom.getTime() && now < release.validUntil.getTime();
  if (release.status === 'active' && inTime) return ok(null);
  const why = release.status === 'active' ? 'outside its dates' : release.status;
  return err(
    releaseErrors.RELEASE_NOT_ACTIVE(`Release ${release.id} is ${why}.`, { meta: { status: release.status } }),
  );
}
