import { Module } from '@nestjs/common';
import { ExplanationController } from './explanation.controller.js';
import { ExplanationQueries } from './explanation.queries.js';

@Module({ controllers: [ExplanationController], providers: [ExplanationQueries] })
export class ExplanationModule {}
