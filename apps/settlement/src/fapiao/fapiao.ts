import { defineErrors, defineTransitions, err, ok, type Currency, type ErrorOf, type Result } from '@hetao/kernel';

export type FapiaoState = 'requested' | 'issued' | 'failed' | 'red_requested' | 'red_flushed';
export type FapiaoCommand = 'issue' | 'fail' | 'request_red' | 'flush_red';

/**
 * The life of a fapiao, which the tax platform issues and numbers, not us. A fapiao that is out is never changed: a
 * red-letter fapiao takes it back.
 */
export const fapiaoTransitions = defineTransitions<FapiaoState, FapiaoCommand>({
  requested: { issue: 'issued', fail: 'failed' },
  issued: { request_red: 'red_requested' },
  failed: {},
  red_requested: { flush_red: 'red_flushed' },
  red_flushed: {},
}).assertReachable('requested');

/** Why a fapiao cannot be asked for or noted. */
export const fapiaoErrors = defineErrors({
  FAPIAO_NOT_FOUND: {
    kind: 'not_found',
    title: 'No such fapiao',
    fix: 'List those of an invoice with GET /v1/settlement/fapiao?invoice_id= and use an id from there.',
  },
  FAPIAO_STATE: {
    kind: 'conflict',
    title: 'The fapiao does not stand where this is possible',
    fix: 'Note what the tax platform answered in its order: requested, issued or failed, red requested, red flushed.',
  },
  FAPIAO_AMOUNT: {
    kind: 'conflict',
    title: 'More fapiao than invoice',
    fix: 'Ask for at most what the invoice comes to, less credit notes and fapiao that stand; red-flush one that is too many.',
  },
  FAPIAO_NUMBER_TAKEN: {
    kind: 'conflict',
    title: 'The number stands on another fapiao',
    fix: 'Compare the number with the tax platform’s; each is given once.',
  },
  FAPIAO_NOT_CNY: {
    kind: 'unprocessable',
    title: 'A fapiao is made out in renminbi',
    fix: 'Ask for fapiao of invoices in CNY under mainland tax.',
  },
});

export type FapiaoError = ErrorOf<typeof fapiaoErrors>;

/** Evidence of a fapiao as the platform gave it. */
export interface FapiaoEvidence {
  /** 20 digits of a fully digitalised fapiao. */
  readonly number: string;
  /** SHA-256 of the file (PDF, OFD or XML). */
  readonly evidenceHash: string;
  /** Calendar date. */
  readonly date: string;
}

export interface Fapiao {
  readonly fapiaoId: string;
  readonly invoiceId: string;
  readonly kind: 'special' | 'ordinary';
  readonly title: string;
  readonly taxpayerNo: string | null;
  readonly amountMinor: bigint;
  readonly state: FapiaoState;
  readonly issued: FapiaoEvidence | null;
  readonly red: FapiaoEvidence | null;
  readonly failure: string | null;
  readonly requestedAt: Date;
}

/** What the platform answered, or what is asked of it. */
export type FapiaoNews =
  | { readonly command: 'issue' | 'flush_red'; readonly evidence: FapiaoEvidence }
  | { readonly command: 'fail'; readonly reason: string }
  | { readonly command: 'request_red' };

/** Notes news of a fapiao. The same news again changes nothing. */
export function note(fapiao: Fapiao, news: FapiaoNews): Result<Fapiao, FapiaoError> {
  const [next] = fapiaoTransitions.targets(fapiao.state, news.command);
  if (next === undefined) {
    if (isRepeat(fapiao, news)) return ok(fapiao);
    return err(fapiaoErrors.FAPIAO_STATE(`Fapiao ${fapiao.fapiaoId} is ${fapiao.state}.`));
  }
  switch (news.command) {
    case 'issue':
      return ok({ ...fapiao, state: next, issued: news.evidence });
    case 'flush_red':
      return ok({ ...fapiao, state: next, red: news.evidence });
    case 'fail':
      return ok({ ...fapiao, state: next, failure: news.reason });
    case 'request_red':
      return ok({ ...fapiao, state: next });
  }
}

function isRepeat({ issued, red, state, failure }: Fapiao, news: FapiaoNews): boolean {
  switch (news.command) {
    case 'issue':
      return issued?.number === news.evidence.number && issued.evidenceHash === news.evidence.evidenceHash;
    case 'flush_red':
      return red?.number === news.evidence.number && red.evidenceHash === news.evidence.evidenceHash;
    case 'fail':
      return failure === news.reason;
    case 'request_red':
      return state === 'red_requested';
  }
}

/** Refuses a fapiao beyond what stands of the invoice. */
export function checkAmount(
  invoice: { readonly currency: Currency; readonly openMinor: bigint },
  amountMinor: bigint,
): Result<void, FapiaoError> {
  if (invoice.currency !== 'CNY') return err(fapiaoErrors.FAPIAO_NOT_CNY(`The invoice is in ${invoice.currency}.`));
  if (amountMinor > 0n && amountMinor <= invoice.openMinor) return ok(undefined);
  return err(
    fapiaoErrors.FAPIAO_AMOUNT(
      `${amountMinor} fen were asked for; ${invoice.openMinor} fen of the invoice have no fapiao.`,
    ),
  );
}
