import { Module } from '@nestjs/common';
import { DeclarationModule } from '../declaration/declaration.module.js';
import { PolicyQueryModule } from '../policy-query/policy-query.module.js';
import { KeptFindingController } from './kept-finding.controller.js';
import { PaperController } from './paper.controller.js';
import { PaperQueries } from './paper.queries.js';

@Module({
  imports: [DeclarationModule, PolicyQueryModule],
  controllers: [KeptFindingController, PaperController],
  providers: [PaperQueries],
})
export class DocumentModule {}
