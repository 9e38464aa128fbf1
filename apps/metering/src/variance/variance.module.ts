import { Module } from '@nestjs/common';
import { EntitlementModule } from '../entitlement/entitlement.module.js';
import { VarianceController } from './variance.controller.js';
import { VarianceQueries } from './variance.queries.js';

@Module({
  imports: [EntitlementModule],
  controllers: [VarianceController],
  providers: [VarianceQueries],
})
export class VarianceModule {}
