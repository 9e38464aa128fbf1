import { defineErrors, type ErrorOf } from '@hetao/kernel';

export const releaseErrors = defineErrors({
  RELEASE_UNKNOWN: { kind: 'not_found', title: 'No such release', fix: 'Check the id of the release.' },
  RELEASE_NOT_ACTIVE: {
    kind: 'conflict',
    title: 'The release is not active',
    fix: 'Nothing may be delivered under it. Ask customs why, and for a new one where that is possible.',
  },
  RELEASE_QUOTA_INVALID: {
    kind: 'unprocessable',
    title: 'The quota does not fit the declaration',
    fix: 'Give a quota above zero for the data the transfer holds, and not above the persons declared.',
  },
  RELEASE_BEGINNING_INVALID: {
    kind: 'unprocessable',
    title: 'The release cannot begin on this day',
    fix: 'Give a day from that of the decision until today, or leave it away: the release then begins now.',
  },
  RELEASE_QUOTA_EXHAUSTED: {
    kind: 'conflict',
    title: 'The release does not cover so many persons',
    fix: 'Send no further persons under this release; declare more if more are needed.',
  },
  RELEASE_YEAR_EXHAUSTED: {
    kind: 'conflict',
    title: 'The exporter’s year has no room for so many persons under this pathway',
    fix: 'Send no further persons this calendar year, or declare anew under the pathway the larger number asks for.',
  },
  RELEASE_HELD: {
    kind: 'conflict',
    title: 'The declaration is held',
    fix: 'Look at the holds and the risk of the declaration; two officers lift a hold.',
  },
});
export type ReleaseError = ErrorOf<typeof releaseErrors>;
