/** One agreement's month from three sides. Minor units; usage is what the charges came to, with the invoice's tax. */
export interface ThreeWayRow {
  readonly agreementId: string;
  readonly currency: string;
  /** Σ charges as rated, before tax. */
  readonly ratedMinor: bigint;
  /** How much of it is for corrections of earlier months. */
  readonly adjustedMinor: bigint;
  /** How much of what was credited is for corrections of this month's usage, tax included. */
  readonly correctedMinor: bigint;
  readonly invoiceNumber: string | null;
  readonly netMinor: bigint;
  readonly taxMinor: bigint;
  readonly creditedMinor: bigint;
  /** What payments of the invoice came to. */
  readonly paidMinor: bigint;
  /** What bank lines in force brought for it. */
  readonly bankMinor: bigint;
  /** What buyers' credit paid of it. */
  readonly creditUsedMinor: bigint;
  /** What matches booked as fee or rounding. */
  readonly differenceMinor: bigint;
}

/** Why two sides differ, in the words an operator acts on. */
export interface Explained {
  readonly sides: 'usage-invoice' | 'invoice-bank';
  readonly code: string;
  readonly amountMinor: bigint;
}

/** Every reason why usage, invoice and bank do not meet; the amounts of one pair of sides add up to its difference. */
export function explain(row: ThreeWayRow): readonly Explained[] {
  const usage: Explained[] =
    row.invoiceNumber === null
      ? [{ sides: 'usage-invoice', code: 'NOT_INVOICED', amountMinor: row.ratedMinor }]
      : [{ sides: 'usage-invoice', code: 'INVOICE_DIFFERS', amountMinor: row.ratedMinor - row.netMinor }];
  const due = row.netMinor + row.taxMinor;
  const bank: Explained[] = [
    { sides: 'invoice-bank', code: 'CREDITED', amountMinor: row.creditedMinor - row.correctedMinor },
    { sides: 'invoice-bank', code: 'USAGE_CORRECTED', amountMinor: row.correctedMinor },
    { sides: 'invoice-bank', code: 'PAID_FROM_CREDIT', amountMinor: row.creditUsedMinor },
    { sides: 'invoice-bank', code: 'FEE_OR_ROUNDING', amountMinor: row.differenceMinor },
    { sides: 'invoice-bank', code: 'OUTSTANDING', amountMinor: due - row.creditedMinor - row.paidMinor },
  ];
  const told = bank.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const untold: Explained = { sides: 'invoice-bank', code: 'UNEXPLAINED', amountMinor: due - row.bankMinor - told };
  return [...usage, ...bank, untold].filter(({ amountMinor }) => amountMinor !== 0n);
}
