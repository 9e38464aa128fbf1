import { Module } from '@nestjs/common';
import { AgreementModule } from '../agreement/agreement.module.js';
import { NegotiationModule } from '../negotiation/negotiation.module.js';
import { DueQueries } from './sweep.queries.js';
import { SweepTimer } from './sweep.timer.js';
import { SweepDeadlines } from './sweep.use-cases.js';

@Module({ imports: [AgreementModule, NegotiationModule], providers: [DueQueries, SweepDeadlines, SweepTimer] })
export class SweepModule {}
