import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Why a period's table is not handed out. */
export const periodExportErrors = defineErrors({
  PERIOD_TABLE_TOO_LONG: {
    kind: 'conflict',
    title: 'The table has more rows than this format is handed out with',
    fix: 'Ask for format=csv; what is too long for that as well is in the journal, which streams: GET /v1/ledger/journal.',
  },
});

export type PeriodExportError = ErrorOf<typeof periodExportErrors>;
