import { Module } from '@nestjs/common';
import { CatalogModule } from './catalog/catalog.module.js';
import { ConformanceRunModule } from './conformance/conformance-run.module.js';
import { OutboundModule } from './outbound/outbound.module.js';
import { TransferModule } from './transfer/transfer.module.js';
import { VersionController } from './version/version.controller.js';

/** The Dataspace Protocol 2025-1, HTTPS binding. Negotiations are in the negotiation module, which stands on this one. */
@Module({
  imports: [OutboundModule, CatalogModule, TransferModule, ConformanceRunModule],
  controllers: [VersionController],
  exports: [OutboundModule],
})
export class DataspaceModule {}
