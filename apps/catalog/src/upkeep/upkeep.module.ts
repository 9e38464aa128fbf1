import { Module } from '@nestjs/common';
import { ProductModule } from '../product/product.module.js';
import { KeepUp } from './keep-up.use-cases.js';
import { CatalogJobs } from './upkeep.jobs.js';
import { SuspendLapsed, UpkeepList } from './upkeep.use-cases.js';

@Module({ imports: [ProductModule], providers: [SuspendLapsed, UpkeepList, KeepUp, CatalogJobs] })
export class UpkeepModule {}
