import { Module } from '@nestjs/common';
import { Jobs } from '@hetao/runtime';
import { ProductModule } from '../product/product.module.js';
import { MeasureFile } from './measure-file.use-cases.js';
import { ProfileController } from './profile.controller.js';
import { ProfileQueries } from './profile.queries.js';
import { ProfileRepository } from './profile.repository.js';
import { TakeFile } from './take-file.use-cases.js';
import { UseProfileController } from './use-profile.controller.js';
import { UseProfile } from './use-profile.use-cases.js';

const TURN_MS = 500;

@Module({
  imports: [ProductModule],
  controllers: [ProfileController, UseProfileController],
  providers: [ProfileRepository, ProfileQueries, TakeFile, MeasureFile, UseProfile],
})
export class ProfilingModule {
  constructor(jobs: Jobs, measure: MeasureFile) {
    jobs.every({ name: 'catalog: profiles of files', intervalMs: TURN_MS, work: () => measure.work() });
  }
}
