import { Module } from '@nestjs/common';
import { OfferModule } from '../offer/offer.module.js';
import { SimulationController } from './simulation.controller.js';
import { SimulateUsage } from './simulation.use-cases.js';

@Module({ imports: [OfferModule], controllers: [SimulationController], providers: [SimulateUsage] })
export class SimulationModule {}
