import { ledgerErrors, type LedgerError } from './ledger.errors.js';

/** SQLSTATEs raised by the ledger's own functions; see migrations 0008 to 0010. */
const FAULTS: Readonly<Record<string, (message: string) => LedgerError>> = {
  HX002: ledgerErrors.POSTING_KEY_REUSED,
  HX003: ledgerErrors.LEDGER_LIMIT_REACHED,
  HX007: ledgerErrors.LEDGER_PERIOD_CLOSED,
  // numeric_value_out_of_range: a running balance beyond 64 bits.
  '22003': ledgerErrors.LEDGER_LIMIT_REACHED,
};

/** What the database's refusal means in the ledger's own words; nothing for any other error. */
export function ledgerFaultOf(error: unknown): LedgerError | undefined {
  if (!(error instanceof Error)) return undefined;
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' ? FAULTS[code]?.(`${error.message}.`) : undefined;
}
