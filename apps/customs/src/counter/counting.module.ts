import { Module } from '@nestjs/common';
import { ReleaseModule } from '../release/release.module.js';
import { RiskModule } from '../risk/risk.module.js';
import { CounterController } from './counter.controller.js';
import { CounterModule } from './counter.module.js';
import { CounterQueries } from './counter.queries.js';
import { CountPersons } from './counter.use-cases.js';

@Module({
  imports: [CounterModule, ReleaseModule, RiskModule],
  controllers: [CounterController],
  providers: [CounterQueries, CountPersons],
})
export class CountingModule {}
