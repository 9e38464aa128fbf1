import { Module } from '@nestjs/common';
import { PeerClient } from '../outbound/peer.client.js';
import { ConfiguredPeerAuth, PEER_AUTH } from './peer-auth.js';
import { PeerGuard } from './from-peer.decorator.js';
import { PeerController } from './peer.controller.js';
import { PeerDiscovery } from './peer-discovery.js';
import { PeerDirectory } from './peer.directory.js';
import { PeerRepository } from './peer.repository.js';
import { PeerTokens } from './peer.tokens.js';
import { EnterPeer, SuspendPeer } from './peer.use-cases.js';

@Module({
  controllers: [PeerController],
  providers: [
    PeerRepository,
    PeerDirectory,
    PeerTokens,
    { provide: PEER_AUTH, useClass: ConfiguredPeerAuth },
    PeerGuard,
    EnterPeer,
    SuspendPeer,
    PeerClient,
    PeerDiscovery,
  ],
  exports: [PEER_AUTH, PeerClient, PeerDirectory, PeerTokens, PeerGuard, EnterPeer],
})
export class PeerModule {}
