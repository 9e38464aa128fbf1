import { Module } from '@nestjs/common';
import { EntitlementModule } from '../entitlement/entitlement.module.js';
import { MeterController } from './meter.controller.js';
import { MeterRepository } from './meter.repository.js';
import { Meters } from './meter.use-cases.js';

@Module({
  imports: [EntitlementModule],
  controllers: [MeterController],
  providers: [Meters, MeterRepository],
  exports: [MeterRepository],
})
export class MeterModule {}
