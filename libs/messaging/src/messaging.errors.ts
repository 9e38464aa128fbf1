import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** What can go wrong with messages that somebody outside this library has to mend. */
export const messagingErrors = defineErrors({
  EVENT_TOO_LARGE: {
    kind: 'too_large',
    title: 'The event is too large to be published',
    fix: 'Put the content where it can be fetched and publish its reference, or split it into several events.',
  },
  DATABASE_SERVED_ELSEWHERE: {
    kind: 'conflict',
    title: 'Another process already serves this database over the embedded transport',
    fix: 'Stop the other process, or run both over Kafka (TRANSPORT=kafka, KAFKA_BROKERS=…).',
  },
  BROKER_UNAVAILABLE: {
    kind: 'unavailable',
    title: 'No Kafka broker can be reached',
    fix: 'Start the broker or correct KAFKA_BROKERS.',
  },
  BROKER_REFUSED: {
    kind: 'unavailable',
    title: 'The Kafka broker and we do not believe each other',
    fix: 'Give in KAFKA_CA the authority that signed the certificate of exactly this host, and in KAFKA_USERNAME and KAFKA_PASSWORD an account that the broker knows by KAFKA_SASL_MECHANISM.',
  },
  DEAD_LETTER_NOT_FOUND: {
    kind: 'not_found',
    title: 'There is no such dead letter',
    fix: 'List the dead letters to see which ones are parked.',
  },
  DEAD_LETTER_SETTLED: {
    kind: 'conflict',
    title: 'Something else was decided about the dead letter',
    fix: 'Read it again: what was discarded is not replayed, and what is being replayed is not discarded.',
  },
});

export type MessagingError = ErrorOf<typeof messagingErrors>;
