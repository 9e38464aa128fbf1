import { defineErrors } from '@hetao/kernel';

export const reminderErrors = defineErrors({
  REMINDER_UNKNOWN: {
    kind: 'not_found',
    title: 'No such reminder among the escalated ones',
    fix: 'GET /v1/customs/reminders?escalated=true lists what waits for an officer.',
  },
});
