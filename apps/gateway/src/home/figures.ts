import type { Language } from '@hetao/kernel';

/** Groups digits as the language does; exact however long, since the number never becomes a float. */
export function grouped(decimal: string, language: Language): string {
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal);
  if (parts === null) return decimal;
  const [, sign = '', whole = '0', fraction] = parts;
  const digits = new Intl.NumberFormat(language).format(BigInt(whole));
  return `${sign}${digits}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** Money with its ISO 4217 code: "¥" and "$" each mean several currencies here. */
export function moneyText(money: { readonly amount: string; readonly currency: string }, language: Language): string {
  return `${money.currency} ${grouped(money.amount, language)}`;
}

/** How many were read, and that there may be more. */
export function countText(rows: number, more: boolean, language: Language): string {
  return `${grouped(String(rows), language)}${more ? '+' : ''}`;
}

/** The part of an id by which people tell two of them apart: kind and end. */
export function shortId(id: string): string {
  const [kind = '', body = ''] = id.split('_', 2);
  return body.length > 8 ? `${kind}_…${body.slice(-6)}` : id;
}
