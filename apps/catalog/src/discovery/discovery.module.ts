import { Module } from '@nestjs/common';
import { DiscoveryController } from './discovery.controller.js';
import { DiscoveryQueries } from './discovery.queries.js';

@Module({ controllers: [DiscoveryController], providers: [DiscoveryQueries] })
export class DiscoveryModule {}
