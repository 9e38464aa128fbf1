import { Module } from '@nestjs/common';
import { LogModule } from '../log/log.module.js';
import { NodeController } from './node.controller.js';
import { PeerController } from './peer.controller.js';
import { NodeKeys } from './node.keys.js';
import { NodeAlarms } from './node.queries.js';
import { NodeRepository } from './node.repository.js';
import { WatchPeer } from './watch-peer.use-cases.js';
import { WatchTimer } from './watch.timer.js';

@Module({
  imports: [LogModule],
  controllers: [NodeController, PeerController],
  providers: [NodeKeys, NodeRepository, NodeAlarms, WatchPeer, WatchTimer],
  exports: [NodeAlarms],
})
export class NodeModule {}
