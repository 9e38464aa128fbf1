import { Module } from '@nestjs/common';
import { CounterController } from './counter.controller.js';
import { CounterQueries } from './counter.queries.js';
import { CounterRepository } from './counter.repository.js';
import { CountPersons } from './counter.use-cases.js';

@Module({
  controllers: [CounterController],
  providers: [CounterRepository, CounterQueries, CountPersons],
  exports: [CounterRepository],
})
export class CounterModule {}
