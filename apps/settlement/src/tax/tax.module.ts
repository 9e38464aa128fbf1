import { Module } from '@nestjs/common';
import { TaxRateController } from './tax-rate.controller.js';
import { TaxRateQueries } from './tax-rate.queries.js';

@Module({ controllers: [TaxRateController], providers: [TaxRateQueries] })
export class TaxModule {}
