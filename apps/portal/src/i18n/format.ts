import type { Language, LocalizedText } from '@hetao/kernel';

/** Money as the API writes it. */
export interface MoneyText {
  readonly amount: string;
  readonly currency: string;
}

const LOCALE = { en: 'en-GB', 'zh-Hans': 'zh-Hans-CN', 'zh-Hant': 'zh-Hant-HK' } as const satisfies Record<
  Language,
  string
>;

/** The exchange's own time: legal days and settlement days are days in Shenzhen and Hong Kong. */
export const EXCHANGE_ZONE = 'Asia/Shanghai';

const formats = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();

function cached<F extends Intl.DateTimeFormat | Intl.NumberFormat>(key: string, make: () => F): F {
  const known = formats.get(key) as F | undefined;
  if (known !== undefined) return known;
  const made = make();
  formats.set(key, made);
  return made;
}

/** Groups the digits of an exact decimal, which is never read as a number: `1234567.80` → `1,234,567.80`. */
export function groupDigits(decimal: string): string {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(\.\d+)?$/.exec(decimal) ?? [];
  if (whole === '') return decimal;
  return sign.replace('-', '−') + whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ',') + fraction;
}

/** `CNY 1,234.50`: by code, since ¥ and $ name several currencies each. */
export function moneyText(money: MoneyText): string {
  return `${money.currency} ${groupDigits(money.amount)}`;
}

/** A count: `12,345`. Exact decimals arrive as text and stay exact. */
export function countText(value: number | string, language: Language): string {
  if (typeof value === 'string') return groupDigits(value);
  return cached(`n${language}`, () => new Intl.NumberFormat(LOCALE[language])).format(value);
}

/** A count for a small place: `123M`, `1.2亿`. */
export function compactText(value: number, language: Language): string {
  return cached(
    `c${language}`,
    () => new Intl.NumberFormat(LOCALE[language], { notation: 'compact', maximumFractionDigits: 1 }),
  ).format(value);
}

/** A share between 0 and 1: `12.5%`. */
export function shareText(share: number, language: Language): string {
  return cached(
    `p${language}`,
    () => new Intl.NumberFormat(LOCALE[language], { style: 'percent', maximumFractionDigits: 1 }),
  ).format(share);
}

/** The day of an instant in the exchange's zone: `23 Nov 2026`, `2026年11月23日`. Plain dates stay the day they name. */
export function dayText(instant: string, language: Language, timeZone = EXCHANGE_ZONE): string {
  const zone = /^\d{4}-\d\d-\d\d$/.test(instant) ? 'UTC' : timeZone;
  return cached(
    `d${language}${zone}`,
    () => new Intl.DateTimeFormat(LOCALE[language], { dateStyle: 'medium', timeZone: zone }),
  ).format(new Date(instant));
}

/** Day and minute of an instant in the exchange's zone. */
export function timeText(instant: string, language: Language, timeZone = EXCHANGE_ZONE): string {
  return cached(
    `t${language}${timeZone}`,
    () =>
      new Intl.DateTimeFormat(LOCALE[language], {
        dateStyle: 'medium',
        timeStyle: 'short',
        hourCycle: 'h23',
        timeZone,
      }),
  ).format(new Date(instant));
}

/** A month as the API names it, `2026-10`: `October 2026`, `2026年10月`. */
export function monthText(month: string, language: Language): string {
  return cached(
    `m${language}`,
    () => new Intl.DateTimeFormat(LOCALE[language], { year: 'numeric', month: 'long', timeZone: 'UTC' }),
  ).format(new Date(`${month}-01T00:00:00Z`));
}

const STEPS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** How far from now: `in 3 days`, `2 小时前`. */
export function distanceText(instant: string, nowMs: number, language: Language): string {
  const differenceMs = Date.parse(instant) - nowMs;
  const [unit, size] = STEPS.find(([, stepMs]) => Math.abs(differenceMs) >= stepMs) ?? STEPS[2];
  return new Intl.RelativeTimeFormat(LOCALE[language], { numeric: 'auto' }).format(
    Math.trunc(differenceMs / size),
    unit,
  );
}

/** `1.5 MB`, in powers of 1000 as storage is sold. */
export function bytesText(bytes: number, language: Language): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const unit = units[power] ?? 'byte';
  return cached(
    `b${language}${unit}`,
    () => new Intl.NumberFormat(LOCALE[language], { style: 'unit', unit, maximumFractionDigits: 1 }),
  ).format(bytes / 1000 ** power);
}

/** Where the mainland's law holds: "China" would take in Hong Kong and Macao, whose laws are others. */
const MAINLAND: Readonly<Record<Language, string>> = {
  en: 'Chinese mainland',
  'zh-Hans': '中国内地',
  'zh-Hant': '中國內地',
};

const REGION_CODE = /^[A-Z]{2}$/;

/** A place by its code: `Hong Kong`, `香港`. What somebody wrote in words of their own stays as they wrote it. */
export function placeText(code: string, language: Language): string {
  if (code === 'CN') return MAINLAND[language];
  if (!REGION_CODE.test(code)) return code;
  const names = new Intl.DisplayNames(LOCALE[language], { type: 'region', style: 'short' });
  return names.of(code) ?? code;
}

/** A language by its tag: `English`, `繁體中文`. What is no tag stays as it was written. */
export function languageText(tag: string, language: Language): string {
  try {
    return new Intl.DisplayNames(LOCALE[language], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** The text in the reader's language. Every text of the exchange has all three. */
export function textIn(text: LocalizedText, language: Language): string {
  return text[language];
}
