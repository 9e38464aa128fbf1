import { Module } from '@nestjs/common';
import { ParticipantModule } from './participant/participant.module.js';
import { ProductModule } from './product/product.module.js';

@Module({ imports: [ParticipantModule, ProductModule] })
export class CatalogModule {}
