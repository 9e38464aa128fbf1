import { span } from './calendars-2026.js';
import type { YearCalendar } from './working-days.js';

const weekend = [0, 6];

/** General Holidays Ordinance (Cap. 149): the fourth day of the Lunar New Year stands for the one that is a Sunday. */
const HK_2027: YearCalendar = {
  place: 'HK',
  year: 2027,
  weekend,
  holidays: [
    ...['2027-01-01', '2027-02-06', '2027-02-08', '2027-02-09', '2027-03-26', '2027-03-27', '2027-03-29', '2027-04-05'],
    ...['2027-05-01', '2027-05-13', '2027-06-09', '2027-07-01', '2027-09-16', '2027-10-01', '2027-10-08', '2027-12-25'],
    '2027-12-27',
  ],
  makeUpDays: [],
  source:
    'General Holidays Ordinance, Cap. 149, and the lunar calendar, compared with a public table; check against the Gazette.',
  certainty: 'derived',
};

/** Public bodies of Macao, with the compensatory days; half days count as working days. */
const MO_2027: YearCalendar = {
  place: 'MO',
  year: 2027,
  weekend,
  holidays: [
    ...['2027-01-01', ...span('2027-02', 6, 10), '2027-03-26', '2027-03-27', '2027-03-29', '2027-04-05', '2027-05-01'],
    ...['2027-05-03', '2027-05-13', '2027-06-09', '2027-09-16', '2027-10-01', '2027-10-02', '2027-10-04', '2027-10-08'],
    ...['2027-11-02', '2027-12-08', '2027-12-20', '2027-12-22', '2027-12-24', '2027-12-25', '2027-12-27'],
  ],
  makeUpDays: [],
  source:
    'Standing public holidays and compensation for those on a Saturday or Sunday, from a public table; check against the official bulletin.',
  certainty: 'derived',
};

/** Hari Raya follows the sight of the moon: the ministry may still move it by a day. */
const SG_2027: YearCalendar = {
  place: 'SG',
  year: 2027,
  weekend,
  holidays: [
    ...['2027-01-01', '2027-02-06', '2027-02-07', '2027-02-08', '2027-03-10', '2027-03-26', '2027-05-01', '2027-05-17'],
    ...['2027-05-20', '2027-08-09', '2027-10-28', '2027-12-25'],
  ],
  makeUpDays: [],
  source: 'Public holidays of 2027 from a public table; check against the Ministry of Manpower.',
  certainty: 'provisional',
};

/** Islamic days follow the sight of the moon and may move by one. */
const MY_2027: YearCalendar = {
  place: 'MY',
  year: 2027,
  weekend,
  holidays: [
    ...['2027-01-01', '2027-01-22', '2027-02-01', '2027-02-06', '2027-02-07', '2027-02-08', '2027-02-24', '2027-03-10'],
    ...['2027-03-11', '2027-05-01', '2027-05-17', '2027-05-20', '2027-06-06', '2027-06-07', '2027-08-15', '2027-08-16'],
    ...['2027-08-31', '2027-09-16', '2027-10-28', '2027-12-25'],
  ],
  makeUpDays: [],
  source:
    'Federal holidays and those of Kuala Lumpur for 2027, from a public table; check against the Prime Minister’s Department.',
  certainty: 'provisional',
};

/** Which days are given around Tet and National Day is decided every year; days in exchange may still be added. */
const VN_2027: YearCalendar = {
  place: 'VN',
  year: 2027,
  weekend,
  holidays: [
    ...['2027-01-01', ...span('2027-02', 4, 10), '2027-04-16', '2027-04-30', '2027-05-01', '2027-05-03', '2027-09-02'],
    ...['2027-09-03', '2027-11-24'],
  ],
  makeUpDays: [],
  source: 'Public holidays of 2027 from a public table; check against the notice of the Ministry of Home Affairs.',
  certainty: 'provisional',
};

const GB_2027: YearCalendar = {
  place: 'GB',
  year: 2027,
  weekend,
  holidays: [
    ...['2027-01-01', '2027-03-26', '2027-03-29', '2027-05-03', '2027-05-31', '2027-08-30', '2027-12-27', '2027-12-28'],
  ],
  makeUpDays: [],
  source: 'Bank holidays in England and Wales for 2027, from a public table; check against GOV.UK.',
  certainty: 'announced',
};

const US_2027: YearCalendar = {
  place: 'US',
  year: 2027,
  weekend,
  holidays: [
    ...['2027-01-01', '2027-01-18', '2027-02-15', '2027-05-31', '2027-06-18', '2027-07-05', '2027-09-06', '2027-10-11'],
    ...['2027-11-11', '2027-11-25', '2027-12-24', '2027-12-31'],
  ],
  makeUpDays: [],
  source: 'Federal holidays on the day observed (5 U.S.C. 6103), from a public table; check against the OPM.',
  certainty: 'derived',
};

/**
 * 2027, as far as it follows from what is published. The mainland is not here: its holidays and make-up days are what
 * the State Council announces each autumn, and nobody can derive them. Its clocks say so until the table is entered.
 */
export const calendars2027: readonly YearCalendar[] = [HK_2027, MO_2027, SG_2027, MY_2027, VN_2027, GB_2027, US_2027];
