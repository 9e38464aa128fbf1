import { Module } from '@nestjs/common';
import { HistoryQueries } from './history.queries.js';
import { HistoryRepository } from './history.repository.js';

@Module({ providers: [HistoryRepository, HistoryQueries], exports: [HistoryRepository, HistoryQueries] })
export class HistoryModule {}
