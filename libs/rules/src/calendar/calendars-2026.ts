import type { YearCalendar } from './working-days.js';

const weekend = [0, 6];

/** `from` to `to` of one month, both included. */
const span = (month: string, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `${month}-${String(from + index).padStart(2, '0')}`);

/** The mainland: holidays and make-up days of the State Council’s notice for 2026. */
const CN_2026: YearCalendar = {
  place: 'CN',
  year: 2026,
  weekend,
  holidays: [
    ...span('2026-01', 1, 3),
    ...span('2026-02', 15, 23),
    ...span('2026-04', 4, 6),
    ...span('2026-05', 1, 5),
    ...span('2026-06', 19, 21),
    ...span('2026-09', 25, 27),
    ...span('2026-10', 1, 7),
  ],
  makeUpDays: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  source: 'State Council notice of November 2025, as kept in two public tables; check against the notice.',
};

/** General holidays of Hong Kong that fall, or are observed, on a day. */
const HK_2026: YearCalendar = {
  place: 'HK',
  year: 2026,
  weekend,
  holidays: [
    ...['2026-01-01', ...span('2026-02', 17, 19), '2026-04-03', '2026-04-04', '2026-04-06', '2026-04-07', '2026-05-01'],
    ...['2026-05-25', '2026-06-19', '2026-07-01', '2026-09-26', '2026-10-01', '2026-10-19', '2026-12-25', '2026-12-26'],
  ],
  makeUpDays: [],
  source: 'General holidays for 2026 (Gazette), as kept in a public table; check against the Gazette.',
};

/** Days on which Macao’s public bodies rest, compensatory days included; half days count as working days. */
const MO_2026: YearCalendar = {
  place: 'MO',
  year: 2026,
  weekend,
  holidays: [
    ...['2026-01-01', ...span('2026-02', 17, 19), '2026-04-03', '2026-04-04', '2026-04-05', '2026-04-06', '2026-04-07'],
    ...['2026-05-01', '2026-05-25', '2026-06-19', '2026-09-28', '2026-10-01', '2026-10-02', '2026-10-19', '2026-11-02'],
    ...['2026-12-08', '2026-12-21', '2026-12-22', '2026-12-24', '2026-12-25'],
  ],
  makeUpDays: [],
  source: 'Public holidays and compensatory days of 2026 from a public table; check against the official bulletin.',
};

const SG_2026: YearCalendar = {
  place: 'SG',
  year: 2026,
  weekend,
  holidays: [
    ...['2026-01-01', '2026-02-17', '2026-02-18', '2026-03-21', '2026-04-03', '2026-05-01', '2026-05-27', '2026-06-01'],
    ...['2026-08-10', '2026-11-09', '2026-12-25'],
  ],
  makeUpDays: [],
  source: 'Public holidays of 2026 (Ministry of Manpower), from a public table; check against the ministry.',
};

/** The tables that come with the exchange. Years that are not here were not published when the law was read. */
export const builtInCalendars: readonly YearCalendar[] = [CN_2026, HK_2026, MO_2026, SG_2026];
