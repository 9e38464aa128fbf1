export { silentLogger, type Logger } from './logger.js';
export { messagingErrors, type MessagingError } from './messaging.errors.js';
export { messagingMigrations } from './migrations/index.js';
export {
  defaultRetryPolicy,
  type ConsumeOptions,
  type Consumer,
  type ConsumerHealth,
  type Pack,
  type PackLog,
  type PackLogEnds,
  type PackLogOptions,
  type PackOffsets,
  type RetryPolicy,
  type RunningRelay,
  type Stoppable,
  type Subscription,
  type Transport,
} from './transport.js';
export { deadLetterStatuses, type Ask, type DeadLetterStatus } from './consumer/dead-letter.js';
export { deadLetters, type DeadLetter, type DeadLetterQuery, type DeadLetters } from './consumer/dead-letters.js';
export { createEmbeddedTransport, type EmbeddedTransportOptions } from './embedded/embedded-transport.js';
export { forgetGroup } from './embedded/registration.js';
// For benchmarks and tools: it goes past the outbox, so what is sent with it is not tied to any transaction.
export { createKafkaClient, javaPartitioner, type KafkaClientOptions } from './kafka/kafka-client.js';
export { createKafkaTransport, type KafkaTransportOptions } from './kafka/kafka-transport.js';
export { refusedEvents, resendRefused, type RefusedEvent } from './kafka/outbox-queue.js';
export type { RelaySettings } from './kafka/relay.js';
export type { Retention } from './outbox/retention.js';
