import { Module } from '@nestjs/common';
import { RecordModule } from '../record/record.module.js';
import { RegistrationModule } from '../registration/registration.module.js';
import { ConsentController } from './consent.controller.js';
import { ConsentRepository } from './consent.repository.js';
import { Consents } from './consent.use-cases.js';

@Module({
  imports: [RegistrationModule, RecordModule],
  controllers: [ConsentController],
  providers: [Consents, ConsentRepository],
  exports: [ConsentRepository],
})
export class ConsentModule {}
