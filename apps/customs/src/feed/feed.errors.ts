import { defineErrors } from '@hetao/kernel';

export const feedErrors = defineErrors({
  CALENDAR_FEED_UNKNOWN: {
    kind: 'not_found',
    title: 'No such calendar feed',
    fix: 'Make a new address with POST /v1/customs/calendar-feed; the one before stops working then.',
  },
});
