import type { MigrationClass } from '@hetao/persistence';
import { MessagingTables1763700000000 } from './1763700000000-messaging-tables.js';

/** Every service's list of migrations starts with these. */
export const messagingMigrations: readonly MigrationClass[] = [MessagingTables1763700000000];
