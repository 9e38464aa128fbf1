import { Module } from '@nestjs/common';
import { LogModule } from '../log/log.module.js';
import { RegistrationModule } from '../registration/registration.module.js';
import { RecordController } from './record.controller.js';
import { RecordQueries } from './record.queries.js';
import { RecordRepository } from './record.repository.js';
import { RecordSubscriber } from './record.subscriber.js';

@Module({
  imports: [LogModule, RegistrationModule],
  controllers: [RecordController, RecordSubscriber],
  providers: [RecordRepository, RecordQueries],
  exports: [RecordRepository, RecordQueries],
})
export class RecordModule {}
