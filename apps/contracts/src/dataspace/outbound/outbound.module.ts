import { Module } from '@nestjs/common';
import { PeerModule } from '../peer/peer.module.js';
import { OutboundCourier } from './outbound.courier.js';
import { OutboundJobs } from './outbound.jobs.js';
import { OutboundListeners } from './outbound-listeners.js';
import { OutboundMessages } from './outbound-messages.js';
import { OutboundRepository } from './outbound.repository.js';
import { OutboundRoute } from './outbound.route.js';
import { PeerClient } from './peer.client.js';

@Module({
  imports: [PeerModule],
  providers: [
    OutboundRepository,
    OutboundRoute,
    OutboundListeners,
    OutboundCourier,
    OutboundMessages,
    OutboundJobs,
    PeerClient,
  ],
  exports: [OutboundMessages, PeerClient, PeerModule],
})
export class OutboundModule {}
