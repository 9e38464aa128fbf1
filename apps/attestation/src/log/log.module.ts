import { Module } from '@nestjs/common';
import { LogController } from './log.controller.js';
import { LogQueries } from './log.queries.js';
import { LogRepository } from './log.repository.js';
import { LogSigner } from './log.signer.js';
import { RecordAnnouncer } from './record.announcer.js';
import { SealLog } from './seal-log.use-cases.js';
import { SealTimer } from './seal.timer.js';

@Module({
  controllers: [LogController],
  providers: [LogRepository, LogQueries, LogSigner, RecordAnnouncer, SealLog, SealTimer],
  exports: [LogRepository, LogQueries, LogSigner, SealLog],
})
export class LogModule {}
