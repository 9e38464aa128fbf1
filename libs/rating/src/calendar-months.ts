/** The same hour of the same day so many months later, by the calendar of a zone; the month's last day where it is shorter. */
export function monthsLater(instant: Date, months: number, timeZone: string): Date {
  const local = new Date(instant.getTime() + offsetMs(instant, timeZone));
  const day = local.getUTCDate();
  local.setUTCDate(1);
  local.setUTCMonth(local.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 0)).getUTCDate();
  local.setUTCDate(Math.min(day, lastDay));
  // The zone's offset there may be another one: asked for again where it lands.
  const near = new Date(local.getTime() - offsetMs(local, timeZone));
  return new Date(local.getTime() - offsetMs(near, timeZone));
}

/**
 * The month of a zone: from its first instant to just before the next one's.
 *
 * @param period `2015-05`.
 */
export function monthIn(period: string, timeZone: string): { readonly from: Date; readonly until: Date } {
  const [year = 0, month = 1] = period.split('-').map(Number);
  const begins = (at: number): Date => {
    const local = new Date(at);
    const near = new Date(at - offsetMs(local, timeZone));
    return new Date(at - offsetMs(near, timeZone));
  };
  return { from: begins(Date.UTC(year, month - 1, 1)), until: begins(Date.UTC(year, month, 1)) };
}

function offsetMs(instant: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant);
  const at = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second'));
  return shown - Math.floor(instant.getTime() / 1000) * 1000;
}

/** How many calendar months of a zone a term touches: what is charged a period is charged that often. */
export function monthsTouched({ from, until }: { from: Date; until: Date }, timeZone: string): number {
  const first = new Date(from.getTime() + offsetMs(from, timeZone));
  const lastInstant = new Date(until.getTime() - 1);
  const last = new Date(lastInstant.getTime() + offsetMs(lastInstant, timeZone));
  const years = last.getUTCFullYear() - first.getUTCFullYear();
  return Math.max(1, years * 12 + last.getUTCMonth() - first.getUTCMonth() + 1);
}
