import { Module } from '@nestjs/common';
import { ComputeLedger } from './usage.ledger.js';

@Module({ providers: [ComputeLedger], exports: [ComputeLedger] })
export class ComputeUsageModule {}
