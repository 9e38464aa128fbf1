import { Module } from '@nestjs/common';
import { PeerModule } from '../peer/peer.module.js';
import { OutboundCourier } from './outbound.courier.js';
import { OutboundJobs } from './outbound.jobs.js';
import { OutboundListeners } from './outbound-listeners.js';
import { OutboundMessages } from './outbound-messages.js';
import { OutboundRepository } from './outbound.repository.js';
import { OutboundRoute } from './outbound.route.js';

@Module({
  imports: [PeerModule],
  providers: [OutboundRepository, OutboundRoute, OutboundListeners, OutboundCourier, OutboundMessages, OutboundJobs],
  exports: [OutboundMessages, PeerModule],
})
export class OutboundModule {}
