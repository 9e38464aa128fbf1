import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DomainException, seesEveryTenant, unwrap } from '@hetao/kernel';
import type { Receipt } from '@hetao/proofs';
import { afterCursor, Allow, Caller, cursorPage, everyone, type CallerIdentity, type Page } from '@hetao/runtime';
import type { z } from 'zod';
import { receiptDto, receiptQuery, type ReceiptQuery } from '../log/log.dto.js';
import { AttestationReceipts } from '../registration/attestation-receipts.use-cases.js';
import { recordErrors } from './record.errors.js';
import { recordId, recordPageDto, recordQuery, toRecordDto, type RecordDto } from './record.dto.js';
import { RecordQueries } from './record.queries.js';

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
    const [subject, party] = [query.subject ?? null, partyOf(caller)];
    const rows = await this.#records.list({ subject, party, afterId: String(after), limit: query.limit + 1 });
    const page = cursorPage(rows, query.limit, (row) => [row.id], filter);
    return { ...page, data: page.data.map(toRecordDto) };
  }

  @Get(':id/receipt')
  @ApiOkResponse({ standardSchema: receiptDto })
  async getRecordReceipt(
    @Param('id', { schema: recordId }) id: string,
    @Query({ schema: receiptQuery }) { witnessed }: ReceiptQuery,
    @Caller() caller: CallerIdentity,
  ): Promise<Receipt> {
    if ((await this.#records.get(id, partyOf(caller))) === null) {
      throw new DomainException(recordErrors.RECORD_UNKNOWN(`There is no record ${id} for you.`));
    }
    return unwrap(await this.#receipts.of(id, witnessed));
  }
}

function partyOf(caller: CallerIdentity): string | null {
  return seesEveryTenant(caller) ? null : caller.organisationId;
}
