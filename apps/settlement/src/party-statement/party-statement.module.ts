import { Module } from '@nestjs/common';
import { PartyStatementController } from './party-statement.controller.js';
import { PartyStatements } from './party-statements.book.js';

/** What each party got of a period, sealed when it closes. */
@Module({ controllers: [PartyStatementController], providers: [PartyStatements], exports: [PartyStatements] })
export class PartyStatementModule {}
