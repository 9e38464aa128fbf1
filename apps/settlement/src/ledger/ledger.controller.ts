import { unwrap } from '@hetao/kernel';
import { Allow, Caller, Idempotent, idParam, type CallerIdentity, type Page } from '@hetao/runtime';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  balanceDto,
  balanceQueryDto,
  limitedDto,
  limitsBodyDto,
  type BalanceDto,
  type BalanceQueryDto,
  type LimitedDto,
  type LimitsBodyDto,
} from './balance.dto.js';
import {
  accountDto,
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
import { LimitAccount } from './limits.use-cases.js';
import { ledgerTransactionDto, type LedgerTransactionDto } from './transaction.dto.js';
import { TransactionQueries } from './transaction.queries.js';

@ApiTags('ledger')
@Controller('v1/ledger')
@Allow('operator', 'auditor', 'system')
export class LedgerController {
  readonly #ledger: LedgerQueries;

  readonly #transactions: TransactionQueries;
  readonly #limits: LimitAccount;

  constructor(ledger: LedgerQueries, transactions: TransactionQueries, limits: LimitAccount) {
    this.#ledger = ledger;
    this.#transactions = transactions;
    this.#limits = limits;
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

  @Get('accounts/:id')
  @ApiOkResponse({ standardSchema: accountDto })
  async getLedgerAccount(@Param('id', idParam('acc')) id: string): Promise<AccountDto> {
    return unwrap(await this.#ledger.account(id));
  }

  @Get('accounts/:id/balance')
  @ApiOkResponse({ standardSchema: balanceDto })
  async getLedgerBalance(
    @Param('id', idParam('acc')) id: string,
    @Query({ schema: balanceQueryDto }) query: BalanceQueryDto,
  ): Promise<BalanceDto> {
    return unwrap(await this.#ledger.balance(id, query));
  }

  /** Sets the limits of one account, in place of those set before. */
  @Post('accounts/:id/limits')
  @HttpCode(200)
  @Allow('operator')
  @Idempotent()
  @ApiOkResponse({ standardSchema: limitedDto })
  async limitLedgerAccount(
    @Param('id', idParam('acc')) id: string,
    @Body({ schema: limitsBodyDto }) body: LimitsBodyDto,
    @Caller() caller: CallerIdentity,
  ): Promise<LimitedDto> {
    const { floor_minor: floorMinor, ceiling_minor: ceilingMinor, reason } = body;
    unwrap(await this.#limits.execute(id, { floorMinor, ceilingMinor, reason, setBy: caller.subject }));
    return {
      account_id: id,
      floor_minor: floorMinor?.toString() ?? null,
      ceiling_minor: ceilingMinor?.toString() ?? null,
    };
  }

  @Get('transactions/:id')
  @ApiOkResponse({ standardSchema: ledgerTransactionDto })
  async getLedgerTransaction(@Param('id', idParam('txn')) id: string): Promise<LedgerTransactionDto> {
    return unwrap(await this.#transactions.get(id));
  }
}
