import type { Tx } from '@hetao/persistence';
import { strictRules, type MatchingRules } from './passes.js';

/** The rules as they are stored: minor units as text, by currency. */
export interface StoredRules {
  readonly bankFeeMinor: Readonly<Record<string, string>>;
  readonly roundingMinor: Readonly<Record<string, string>>;
}

/** The newest rules; exact amounts only until somebody says otherwise. */
export async function matchingRulesOf(tx: Tx): Promise<MatchingRules> {
  const [row] = await tx.query<{ version: number; rules: StoredRules }>(
    'SELECT version, rules FROM matching_rules ORDER BY version DESC LIMIT 1',
  );
  if (row === undefined) return strictRules;
  const minor = (amounts: Readonly<Record<string, string>>): Record<string, bigint> =>
    Object.fromEntries(Object.entries(amounts).map(([currency, amount]) => [currency, BigInt(amount)]));
  return {
    version: `matching-2/${row.version}`,
    bankFeeMinor: minor(row.rules.bankFeeMinor),
    roundingMinor: minor(row.rules.roundingMinor),
  };
}
