import { moneyText, type MoneyText } from '../i18n/format.js';

/** Money in a column: figures under figures, the currency by its code. */
export function MoneyCell({ money }: { readonly money: MoneyText | null | undefined }) {
  if (money === null || money === undefined) return <span className="muted">–</span>;
  return <span className="money">{moneyText(money)}</span>;
}
