import { Module } from '@nestjs/common';
import { ThreeWayController } from './three-way.controller.js';
import { ThreeWayQueries } from './three-way.queries.js';

/** Usage, invoices and the bank side by side. */
@Module({ controllers: [ThreeWayController], providers: [ThreeWayQueries] })
export class ThreeWayModule {}
