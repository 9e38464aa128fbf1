import { Module } from '@nestjs/common';
import { JournalController } from './journal.controller.js';
import { JournalQueries } from './journal.queries.js';

/** The ledger in formats that other tools check. */
@Module({ controllers: [JournalController], providers: [JournalQueries], exports: [JournalQueries] })
export class JournalModule {}
