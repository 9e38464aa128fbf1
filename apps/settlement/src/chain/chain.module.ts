import { Module } from '@nestjs/common';
import { ChainController } from './chain.controller.js';
import { ChainQueries } from './chain.queries.js';
import { ChainRepository } from './chain.repository.js';
import { ChainTimer } from './chain.timer.js';
import { SealLedger } from './chain.use-cases.js';

@Module({ controllers: [ChainController], providers: [ChainRepository, ChainQueries, SealLedger, ChainTimer] })
export class ChainModule {}
