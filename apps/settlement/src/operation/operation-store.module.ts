import { Module } from '@nestjs/common';
import { OperationRepository } from './operation.repository.js';
import { StartImport } from './start-import.use-case.js';

/** What a request needs to begin an operation; the work itself stands on the statements and so apart from it. */
@Module({ providers: [OperationRepository, StartImport], exports: [OperationRepository, StartImport] })
export class OperationStoreModule {}
