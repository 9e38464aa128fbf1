import { Module } from '@nestjs/common';
import { OutboundModule } from './outbound/outbound.module.js';
import { VersionController } from './version/version.controller.js';

/** The Dataspace Protocol 2025-1, HTTPS binding. Negotiations are in the negotiation module, which stands on this one. */
@Module({ imports: [OutboundModule], controllers: [VersionController], exports: [OutboundModule] })
export class DataspaceModule {}
