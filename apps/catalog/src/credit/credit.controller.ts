import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import {
  afterCursor,
  Allow,
  Caller,
  cursorPage,
  everyone,
  idParam,
  Repeatable,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import { ParticipantQueries } from '../participant/participant.queries.js';
import { ProductQueries } from '../product/product.queries.js';
import {
  creditDto,
  creditEntryPageDto,
  creditEntryQueryDto,
  refreshDto,
  refreshListDto,
  toCreditDto,
  toCreditEntryDto,
  toRefreshDto,
  type CreditDto,
  type CreditEntryDto,
  type CreditEntryQueryDto,
  type RefreshDto,
} from './credit.dto.js';
import { CreditQueries } from './credit.queries.js';
import { RefreshRecord } from './refresh.use-cases.js';

/** What was promised and what was kept, measured from what happened. */
@ApiTags('credit')
@Controller('v1')
export class CreditController {
  readonly #credit: CreditQueries;
  readonly #refreshes: RefreshRecord;
  readonly #participants: ParticipantQueries;
  readonly #products: ProductQueries;

  constructor(
    credit: CreditQueries,
    refreshes: RefreshRecord,
    participants: ParticipantQueries,
    products: ProductQueries,
  ) {
    this.#credit = credit;
    this.#refreshes = refreshes;
    this.#participants = participants;
    this.#products = products;
  }

  @Get('participants/:id/credit')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: creditDto })
  async getCreditRecord(@Param('id', idParam('org')) id: string, @Caller() caller: CallerIdentity): Promise<CreditDto> {
    unwrap(await this.#participants.get(id, caller));
    return toCreditDto(await this.#credit.of(id));
  }

  @Get('participants/:id/credit/entries')
  @Allow(...everyone)
  @ApiOperation({ summary: 'What a number of the credit record was counted from, the latest first' })
  @ApiOkResponse({ standardSchema: creditEntryPageDto })
  async listCreditEntries(
    @Param('id', idParam('org')) id: string,
    @Query({ schema: creditEntryQueryDto }) { kind, limit, cursor }: CreditEntryQueryDto,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<CreditEntryDto>> {
    unwrap(await this.#participants.get(id, caller));
    const filter = { id, kind };
    const [at, reference] = afterCursor(cursor, filter) ?? [];
    const after = at === undefined ? null : ([String(at), String(reference)] as const);
    const rows = await this.#credit.entries(id, kind, { after, limit: limit + 1 });
    return cursorPage(rows.map(toCreditEntryDto), limit, (entry) => [entry.at, entry.reference], filter);
  }

  @Post('products/:id/refreshes')
  @Allow('merchant')
  @Repeatable()
  @ApiCreatedResponse({ standardSchema: refreshDto })
  async recordRefresh(@Param('id', idParam('prd')) id: string, @Caller() caller: CallerIdentity): Promise<RefreshDto> {
    return toRefreshDto(unwrap(await this.#refreshes.record(id, caller)));
  }

  @Get('products/:id/refreshes')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: refreshListDto })
  async listRefreshes(
    @Param('id', idParam('prd')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<{ data: RefreshDto[] }> {
    unwrap(await this.#products.get(id, caller));
    return { data: (await this.#refreshes.last(id)).map(toRefreshDto) };
  }
}
