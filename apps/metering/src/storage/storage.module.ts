import { Module } from '@nestjs/common';
import { ArchiveController } from './archive.controller.js';
import { ArchiveUsage } from './archive-usage.use-cases.js';
import { ArchiveRepository } from './archive.repository.js';
import { KeepUsage, KeepUsageJob } from './keep-usage.job.js';
import { Partitions } from './partitions.js';

@Module({
  controllers: [ArchiveController],
  providers: [Partitions, ArchiveRepository, ArchiveUsage, KeepUsage, KeepUsageJob],
  exports: [Partitions],
})
export class StorageModule {}
