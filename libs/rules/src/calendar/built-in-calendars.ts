import { calendars2026 } from './calendars-2026.js';
import { calendars2027 } from './calendars-2027.js';
import type { YearCalendar } from './working-days.js';

/** The tables that come with the exchange. A place and year that is not here stops a clock with a question. */
export const builtInCalendars: readonly YearCalendar[] = [...calendars2026, ...calendars2027];
