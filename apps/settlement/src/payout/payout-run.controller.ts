import type { Database } from '@hetao/persistence';
import { afterCursor, Allow, cursorPage, cursorQuery, DATABASE, pageOf, type Page } from '@hetao/runtime';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';

const payoutRunRecordDto = z
  .object({
    id: z.string(),
    period: z.string(),
    instructed: z.int(),
    deferred: z.int(),
    held: z
      .array(z.object({ beneficiary_id: z.string(), code: z.string() }))
      .describe('Who could not be paid, and why'),
    ran_at: z.iso.datetime(),
  })
  .meta({ id: 'PayoutRunRecord' });
type PayoutRunRecordDto = z.output<typeof payoutRunRecordDto>;
const payoutRunRecordPageDto = pageOf(payoutRunRecordDto).meta({ id: 'PayoutRunRecordPage' });

interface RunRow extends Omit<PayoutRunRecordDto, 'id' | 'ran_at'> {
  readonly run_id: string;
  readonly ran_at: Date;
}

/** What payout runs did that nobody asked for. */
@ApiTags('settlement')
@Controller('v1/settlement/payout-runs')
@Allow('operator', 'auditor', 'system')
export class PayoutRunController {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  @Get()
  @ApiOkResponse({ standardSchema: payoutRunRecordPageDto })
  async listPayoutRuns(
    @Query({ schema: cursorQuery }) query: z.output<typeof cursorQuery>,
  ): Promise<Page<PayoutRunRecordDto>> {
    const [before = null] = afterCursor(query.cursor) ?? [];
    const { rows } = await this.#database.withClient((client) =>
      client.query<RunRow>(
        'SELECT * FROM payout_runs WHERE ($1::text IS NULL OR run_id < $1) ORDER BY run_id DESC LIMIT $2',
        [before, query.limit + 1],
      ),
    );
    const page = cursorPage(rows, query.limit, (row) => [row.run_id]);
    return { ...page, data: page.data.map(toRecord) };
  }
}

function toRecord({ run_id: id, period, instructed, deferred, held, ran_at: at }: RunRow): PayoutRunRecordDto {
  return { id, period, instructed, deferred, held, ran_at: at.toISOString() };
}
