import { type Currency, Decimal } from '@hetao/kernel';
import type { Making } from './making.js';
import { dateOf } from './world/calendar.js';

/** Renminbi for one unit: invented, near what they were, the same every day. Their source says so. */
const DEMO_RATES: Readonly<Partial<Record<Currency, string>>> = {
  HKD: '0.9150',
  MOP: '0.8880',
  USD: '7.1200',
  SGD: '5.4600',
  MYR: '1.6900',
  VND: '0.000271',
  GBP: '9.3600',
};
const DAY_MS = 86_400_000;
/** Payments are booked a few days after today. */
const DAYS_AHEAD = 7;

/** Takes in a rate for each day of the demo and each foreign currency: a month closes with its rates known or not at all. */
export async function makeRates({ cast, calendar }: Making): Promise<void> {
  const rows: string[] = [];
  for (let at = calendar.earlier.startMs; at < calendar.current.endMs + DAYS_AHEAD * DAY_MS; at += DAY_MS) {
    for (const [currency, rate] of Object.entries(DEMO_RATES)) {
      const inverse = Decimal.of(1).dividedBy(Decimal.parse(rate), 10, 'half_even');
      rows.push(`${dateOf(at)},${currency},CNY,mid,${rate},${inverse.toString()},DEMO`);
    }
  }
  const csv = ['date,base,quote,side,rate,inverse,source', ...rows].join('\n');
  await cast.operator.post('/v1/settlement/fx/rates', csv, 'text/csv');
}
