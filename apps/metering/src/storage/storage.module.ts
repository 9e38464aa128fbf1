import { Module } from '@nestjs/common';
import { ArchiveController } from './archive.controller.js';
import { ArchiveUsage } from './archive-usage.use-cases.js';
import { ArchiveQueries } from './archive.queries.js';
import { ArchiveRepository } from './archive.repository.js';
import { KeepUsage, KeepUsageJob } from './keep-usage.job.js';
import { Partitions } from './partition.repository.js';

@Module({
  controllers: [ArchiveController],
  providers: [Partitions, ArchiveQueries, ArchiveRepository, ArchiveUsage, KeepUsage, KeepUsageJob],
  exports: [Partitions],
})
export class StorageModule {}
