import type { YearCalendar } from './working-days.js';

const weekend = [0, 6];

/** `from` to `to` of one month, both included. */
export const span = (month: string, from: number, to: number): string[] =>
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
  source: 'State Council notice of November 2025, as kept in three public tables; check against the notice.',
  certainty: 'announced',
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
  certainty: 'announced',
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
  certainty: 'announced',
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
  certainty: 'announced',
};

/** Federal holidays and those of Kuala Lumpur, with the days given instead where one falls on a Sunday. */
const MY_2026: YearCalendar = {
  place: 'MY',
  year: 2026,
  weekend,
  holidays: [
    ...['2026-01-01', '2026-02-01', '2026-02-02', '2026-02-17', '2026-02-18', '2026-03-07', ...span('2026-03', 20, 23)],
    ...['2026-05-01', '2026-05-27', '2026-05-31', '2026-06-01', '2026-06-02', '2026-06-17', '2026-08-25', '2026-08-31'],
    ...['2026-09-16', '2026-11-08', '2026-11-09', '2026-12-25'],
  ],
  makeUpDays: [],
  source:
    'Federal holidays and those of Kuala Lumpur for 2026, from a public table; check against the Prime Minister’s Department.',
  certainty: 'announced',
};

/** Vietnam: a Saturday is worked in exchange for the Monday before National Day. */
const VN_2026: YearCalendar = {
  place: 'VN',
  year: 2026,
  weekend,
  holidays: [
    ...['2026-01-01', ...span('2026-02', 16, 20), '2026-04-26', '2026-04-27', '2026-04-30', '2026-05-01'],
    ...['2026-08-31', '2026-09-01', '2026-09-02', '2026-11-24'],
  ],
  makeUpDays: ['2026-08-22'],
  source: 'Public holidays of 2026 from a public table; check against the notice of the Ministry of Home Affairs.',
  certainty: 'announced',
};

/** England and Wales; Scotland and Northern Ireland differ. */
const GB_2026: YearCalendar = {
  place: 'GB',
  year: 2026,
  weekend,
  holidays: [
    ...['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25', '2026-08-31', '2026-12-25', '2026-12-28'],
  ],
  makeUpDays: [],
  source: 'Bank holidays in England and Wales for 2026, from a public table; check against GOV.UK.',
  certainty: 'announced',
};

/** Federal holidays of the United States on the day on which they are observed. */
const US_2026: YearCalendar = {
  place: 'US',
  year: 2026,
  weekend,
  holidays: [
    ...['2026-01-01', '2026-01-19', '2026-02-16', '2026-05-25', '2026-06-19', '2026-07-03', '2026-09-07', '2026-10-12'],
    ...['2026-11-11', '2026-11-26', '2026-12-25'],
  ],
  makeUpDays: [],
  source: 'Federal holidays (5 U.S.C. 6103) for 2026, from a public table; check against the OPM.',
  certainty: 'announced',
};

export const calendars2026: readonly YearCalendar[] = [
  ...[CN_2026, HK_2026, MO_2026, SG_2026, MY_2026, VN_2026, GB_2026, US_2026],
];
