import { defineErrors } from '@hetao/kernel';

export const calendarErrors = defineErrors({
  CALENDAR_FAULTY: {
    kind: 'unprocessable',
    title: 'The table of working days contradicts itself',
    fix: 'Mend the dates named in the detail against the official notice.',
  },
});
