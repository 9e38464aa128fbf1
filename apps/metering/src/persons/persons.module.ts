import { Module } from '@nestjs/common';
import { EntitlementModule } from '../entitlement/entitlement.module.js';
import { CountPersons } from './count-persons.use-cases.js';
import { PersonsController } from './persons.controller.js';
import { PersonsQueries } from './persons.queries.js';
import { PersonsRepository } from './persons.repository.js';

@Module({
  imports: [EntitlementModule],
  controllers: [PersonsController],
  providers: [CountPersons, PersonsRepository, PersonsQueries],
  exports: [CountPersons],
})
export class PersonsModule {}
