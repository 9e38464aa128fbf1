import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DomainException, unwrap } from '@hetao/kernel';
import type { Receipt } from '@hetao/proofs';
import { afterCursor, Allow, Caller, cursorPage, everyone, type CallerIdentity, type Page } from '@hetao/runtime';
import type { z } from 'zod';
import { receiptDto, receiptQuery, type ReceiptQuery } from '../log/log.dto.js';
import { AttestationReceipts } from '../registration/attestation-receipts.use-cases.js';
import { recordErrors } from './record.errors.js';
import { recordDto, recordId, recordPageDto, recordQuery, toRecordDto, type RecordDto } from './record.dto.js';
import { RecordQueries, type LoggedRecord } from './record.queries.js';

/** What the exchange's services logged about an organisation, for it to check. */
@ApiTags('attestation-log')
@Controller('v1/attestation-records')
@Allow(...everyone)
export class RecordController {
  readonly #records: RecordQueries;
  readonly #receipts: AttestationReceipts;

  constructor(records: RecordQueries, receipts: AttestationReceipts) {
    this.#records = records;
    this.#receipts = receipts;
  }

  @Get()
  @ApiOkResponse({ standardSchema: recordPageDto })
  async listLoggedRecords(
    @Query({ schema: recordQuery }) query: z.output<typeof recordQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<RecordDto>> {
    const filter = { subject: query.subject };
    const [after = ''] = afterCursor(query.cursor, filter) ?? [];
    const asked = { subject: query.subject ?? null, afterId: String(after), limit: query.limit + 1 };
    const rows = await this.#records.list(asked, caller);
    const page = cursorPage(rows, query.limit, (row) => [row.id], filter);
    return { ...page, data: page.data.map(toRecordDto) };
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: recordDto })
  async getLoggedRecord(
    @Param('id', { schema: recordId }) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<RecordDto> {
    return toRecordDto(await this.#known(id, caller));
  }

  @Get(':id/receipt')
  @ApiOkResponse({ standardSchema: receiptDto })
  async getRecordReceipt(
    @Param('id', { schema: recordId }) id: string,
    @Query({ schema: receiptQuery }) { witnessed }: ReceiptQuery,
    @Caller() caller: CallerIdentity,
  ): Promise<Receipt> {
    await this.#known(id, caller);
    return unwrap(await this.#receipts.of(id, witnessed));
  }

  async #known(id: string, caller: CallerIdentity): Promise<LoggedRecord> {
    const found = await this.#records.get(id, caller);
    if (found !== null) return found;
    throw new DomainException(recordErrors.RECORD_UNKNOWN(`There is no record ${id} for you.`));
  }
}
