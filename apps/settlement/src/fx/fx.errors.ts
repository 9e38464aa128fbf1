import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Why rates cannot be taken in or used. */
export const fxErrors = defineErrors({
  RATE_FILE_MALFORMED: {
    kind: 'unprocessable',
    title: 'The file holds no exchange rates that can be read',
    fix: 'Send the daily XML of the European Central Bank, or CSV with the header date,base,quote,side,rate,inverse,source.',
  },
  RATE_INVALID: {
    kind: 'unprocessable',
    title: 'A rate in the file cannot be a rate',
    fix: 'Give each rate and inverse as a decimal above zero that agree with each other, between two currencies of the exchange.',
  },
  RATE_CONFLICT: {
    kind: 'conflict',
    title: 'Another rate is kept for this pair, side, source and date',
    fix: 'Rates that documents used never change; import a corrected rate under a source of its own.',
  },
  RATE_MISSING: {
    kind: 'conflict',
    title: 'There is no exchange rate for this pair and date',
    fix: 'Import it with POST /v1/settlement/fx/rates, then try again.',
  },
});

export type FxError = ErrorOf<typeof fxErrors>;
