/** The month that runs in the exchange's zone: `2026-11`. */
export function thisMonth(nowMs: number = Date.now()): string {
  const [year = '', month = ''] = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Asia/Shanghai',
    year: 'numeric',
    month: '2-digit',
  })
    .format(nowMs)
    .split('-');
  return `${year}-${month}`;
}

/** The month `by` months after another; before it for negative ones. */
export function monthAfter(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const index = year * 12 + number - 1 + by;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** The months up to now, newest first, and the one that is looked at, should it be older or later. */
export function lastMonths(looked: string, count: number, now: string = thisMonth()): readonly string[] {
  const months = Array.from({ length: count }, (_, index) => monthAfter(now, -index));
  return months.includes(looked) ? months : [looked, ...months];
}

/** First instant of a month in the exchange's zone (UTC+8 all year), as RFC 3339. */
export function monthStart(month: string): string {
  return new Date(`${month}-01T00:00:00+08:00`).toISOString();
}
