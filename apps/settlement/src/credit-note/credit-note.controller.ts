import { unwrap } from '@hetao/kernel';
import { Allow, Caller, everyone, Idempotent, type CallerIdentity, type Page } from '@hetao/runtime';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  creditNoteDto,
  creditNotePageDto,
  creditNoteQueryDto,
  newCreditNoteDto,
  type CreditNoteDto,
  type CreditNoteQueryDto,
  type NewCreditNoteDto,
} from './credit-note.dto.js';
import { CreditNoteQueries } from './credit-note.queries.js';
import { IssueCreditNote } from './credit-note.use-cases.js';

@ApiTags('settlement')
@Controller('v1/settlement/credit-notes')
export class CreditNoteController {
  readonly #issue: IssueCreditNote;
  readonly #notes: CreditNoteQueries;

  constructor(issue: IssueCreditNote, notes: CreditNoteQueries) {
    this.#issue = issue;
    this.#notes = notes;
  }

  @Post()
  @Allow('operator')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: creditNoteDto })
  async issueCreditNote(
    @Body({ schema: newCreditNoteDto }) body: NewCreditNoteDto,
    @Caller() caller: CallerIdentity,
  ): Promise<CreditNoteDto> {
    return unwrap(await this.#issue.execute(body, caller.subject));
  }

  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: creditNotePageDto })
  listCreditNotes(
    @Query({ schema: creditNoteQueryDto }) query: CreditNoteQueryDto,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<CreditNoteDto>> {
    return this.#notes.list(query, caller);
  }
}
