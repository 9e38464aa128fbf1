import { Allow } from '@hetao/runtime';
import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { periodParam } from '../period/period.dto.js';
import { journalFormats } from './journal.js';
import { JournalQueries } from './journal.queries.js';

const journalQueryDto = z.object({
  format: z.enum(journalFormats).default('hledger'),
  period: periodParam.optional().describe('Only what belongs to this settlement period; the whole ledger without it'),
});

@ApiTags('ledger')
@Controller('v1/ledger/journal')
@Allow('operator', 'auditor', 'system')
export class JournalController {
  readonly #journal: JournalQueries;

  constructor(journal: JournalQueries) {
    this.#journal = journal;
  }

  /** The ledger for other people's tools: `hledger -f ledger.journal check -s` adds it up again. */
  @Get()
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: 'A plain-text journal', schema: { type: 'string' } })
  exportJournal(@Query({ schema: journalQueryDto }) query: z.output<typeof journalQueryDto>): StreamableFile {
    const { format, period = null } = query;
    const name = `${period ?? 'ledger'}.${format === 'hledger' ? 'journal' : 'beancount'}`;
    return new StreamableFile(this.#journal.stream({ format, period }), {
      type: 'text/plain; charset=utf-8',
      disposition: `attachment; filename="${name}"`,
    });
  }
}
