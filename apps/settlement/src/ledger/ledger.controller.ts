import { unwrap } from '@hetao/kernel';
import { Allow, idParam, type Page } from '@hetao/runtime';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  accountPageDto,
  accountQueryDto,
  entryPageDto,
  entryQueryDto,
  trialBalanceDto,
  trialBalanceQueryDto,
  type AccountDto,
  type AccountQueryDto,
  type EntryDto,
  type EntryQueryDto,
  type TrialBalanceDto,
  type TrialBalanceQueryDto,
} from './ledger.dto.js';
import { LedgerQueries } from './ledger.queries.js';

@ApiTags('ledger')
@Controller('v1/ledger')
@Allow('operator', 'auditor', 'system')
export class LedgerController {
  readonly #ledger: LedgerQueries;

  constructor(ledger: LedgerQueries) {
    this.#ledger = ledger;
  }

  @Get('trial-balance')
  @ApiOkResponse({ standardSchema: trialBalanceDto })
  getTrialBalance(@Query({ schema: trialBalanceQueryDto }) query: TrialBalanceQueryDto): Promise<TrialBalanceDto> {
    return this.#ledger.trialBalance(query.period ?? null);
  }

  @Get('accounts')
  @ApiOkResponse({ standardSchema: accountPageDto })
  listAccounts(@Query({ schema: accountQueryDto }) query: AccountQueryDto): Promise<Page<AccountDto>> {
    return this.#ledger.accounts(query);
  }

  @Get('accounts/:id/entries')
  @ApiOkResponse({ standardSchema: entryPageDto })
  async listEntries(
    @Param('id', idParam('acc')) id: string,
    @Query({ schema: entryQueryDto }) query: EntryQueryDto,
  ): Promise<Page<EntryDto>> {
    return unwrap(await this.#ledger.entries(id, query));
  }
}
