import type { MigrationClass } from '@hetao/persistence';
import { MessagingTables1763700000000 } from './1763700000000-messaging-tables.js';
import { DeadLetterAsks1764700000000 } from './1764700000000-dead-letter-asks.js';

/** Every service's list of migrations starts with these. */
export const messagingMigrations: readonly MigrationClass[] = [
  MessagingTables1763700000000,
  DeadLetterAsks1764700000000,
];
