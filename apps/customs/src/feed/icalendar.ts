/** One day on which something is due. */
export interface DueDay {
  readonly uid: string;
  readonly date: string;
  readonly summary: string;
  readonly description: string;
}

/**
 * A calendar of due days (RFC 5545): all-day events with a reminder three days before.
 *
 * @param stamp instant of the feed, `YYYYMMDDTHHMMSSZ`.
 */
export function iCalendar(days: readonly DueDay[], stamp: string): string {
  const events = days.flatMap(({ uid, date, summary, description }) => [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${date.replaceAll('-', '')}`,
    `SUMMARY:${escaped(summary)}`,
    `DESCRIPTION:${escaped(description)}`,
    'TRANSP:TRANSPARENT',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escaped(summary)}`,
    'TRIGGER:-P3D',
    'END:VALARM',
    'END:VEVENT',
  ]);
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Hetao Exchange//Customs//EN', ...events, 'END:VCALENDAR'];
  return `${lines.flatMap(folded).join('\r\n')}\r\n`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll(';', '\\;').replaceAll(',', '\\,').replaceAll(/\r?\n/g, '\\n');
}

const MAX_OCTETS = 75;

/** Lines of at most 75 octets, never cut within a character; what follows begins with a space. */
function folded(line: string): string[] {
  const parts: string[] = [];
  let [part, octets] = ['', 0];
  for (const character of line) {
    const size = new TextEncoder().encode(character).length;
    if (octets + size > MAX_OCTETS) {
      parts.push(part);
      [part, octets] = [' ', 1];
    }
    part += character;
    octets += size;
  }
  return [...parts, part];
}
