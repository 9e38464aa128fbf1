import { Module } from '@nestjs/common';
import { NegotiationModule } from '../../negotiation/negotiation.module.js';
import { PeerModule } from '../peer/peer.module.js';
import { TransferModule } from '../transfer/transfer.module.js';
import { ConformanceController } from './conformance.controller.js';
import { ConformanceModule } from './conformance.module.js';
import { ConformanceSeeds } from './conformance.seeds.js';

/** Seeds and triggers of a conformance run; idle in business. */
@Module({
  imports: [ConformanceModule, PeerModule, NegotiationModule, TransferModule],
  controllers: [ConformanceController],
  providers: [ConformanceSeeds],
})
export class ConformanceRunModule {}
