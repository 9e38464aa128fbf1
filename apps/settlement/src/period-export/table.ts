import { Decimal, currencyDigits, type Currency } from '@hetao/kernel';

/** Money in major units of its currency: the text is exact, with as many decimals as the currency has. */
export interface Amount {
  readonly text: string;
  readonly digits: number;
}

export type Cell = string | Amount | null;

/** A table for spreadsheets, one heading a column. */
export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Money in minor units, as a table shows it. */
export function amountOf(minor: bigint, currency: Currency): Amount {
  const digits = currencyDigits[currency];
  return { text: Decimal.ofUnits(minor, digits).toFixed(digits), digits };
}

/** What a cell reads. */
export function textOf(cell: Cell): string | null {
  return cell === null || typeof cell === 'string' ? cell : cell.text;
}

/** Every decimal of so many significant digits is told apart by a double, and spreadsheets keep no more of them. */
const SIGNIFICANT_DIGITS = 15;

/** The amount as a number that a spreadsheet keeps to the last digit; null where it would round. */
export function exactNumber({ text }: Amount): number | null {
  const significant = text.replaceAll(/[-.]/g, '').replace(/^0+/, '');
  return significant.length <= SIGNIFICANT_DIGITS ? Number(text) : null;
}
