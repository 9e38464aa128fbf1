import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import {
  Allow,
  Caller,
  cursorQuery,
  everyone,
  Idempotent,
  idParam,
  reasonDto,
  Repeatable,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import type { z } from 'zod';
import {
  answerDto,
  answerPageDto,
  choiceDto,
  demandDto,
  demandPageDto,
  demandQueryDto,
  newAnswerDto,
  newDemandDto,
  toAnswerDto,
  toDemandDto,
  toNewDemand,
  type AnswerDto,
  type ChoiceDto,
  type DemandDto,
  type DemandQueryDto,
  type NewAnswerDto,
  type NewDemandDto,
} from './demand.dto.js';
import { DemandQueries } from './demand.queries.js';
import { DemandBoard, type CloseOrder } from './demand.use-cases.js';

/** The demand board: buyers post what they need, merchants answer with products or offers. */
@ApiTags('demand board')
@Controller('v1/demands')
export class DemandController {
  readonly #board: DemandBoard;
  readonly #demands: DemandQueries;

  constructor(board: DemandBoard, demands: DemandQueries) {
    this.#board = board;
    this.#demands = demands;
  }

  @Post()
  @Allow('buyer')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: demandDto })
  async postDemand(
    @Body({ schema: newDemandDto }) body: NewDemandDto,
    @Caller() caller: CallerIdentity,
  ): Promise<DemandDto> {
    return toDemandDto(unwrap(await this.#board.post(toNewDemand(body), caller)));
  }

  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: demandPageDto })
  listDemands(@Query({ schema: demandQueryDto }) query: DemandQueryDto): Promise<Page<DemandDto>> {
    return this.#demands.list(query);
  }

  @Get(':id')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: demandDto })
  async getDemand(@Param('id', idParam('dmd')) id: string): Promise<DemandDto> {
    return unwrap(await this.#demands.get(id));
  }

  @Post(':id/answers')
  @Allow('merchant')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: answerDto })
  async answerDemand(
    @Param('id', idParam('dmd')) id: string,
    @Body({ schema: newAnswerDto }) { product_id, offer_id, message }: NewAnswerDto,
    @Caller() caller: CallerIdentity,
  ): Promise<AnswerDto> {
    const words = { productId: product_id, offerId: offer_id, message };
    return toAnswerDto(unwrap(await this.#board.answer(id, words, caller)));
  }

  @Get(':id/answers')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: answerPageDto })
  async listDemandAnswers(
    @Param('id', idParam('dmd')) id: string,
    @Query({ schema: cursorQuery }) page: z.output<typeof cursorQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<AnswerDto>> {
    return this.#demands.answers(unwrap(await this.#demands.get(id)), page, caller);
  }

  @Post(':id/choose')
  @HttpCode(200)
  @Allow('buyer')
  @Repeatable()
  @ApiOkResponse({ standardSchema: demandDto })
  chooseDemandAnswer(
    @Param('id', idParam('dmd')) id: string,
    @Body({ schema: choiceDto }) { answer_id: answerId }: ChoiceDto,
    @Caller() caller: CallerIdentity,
  ): Promise<DemandDto> {
    return this.#close(id, { command: 'choose', answerId }, caller);
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @Allow('buyer')
  @Repeatable()
  @ApiOkResponse({ standardSchema: demandDto })
  withdrawDemand(@Param('id', idParam('dmd')) id: string, @Caller() caller: CallerIdentity): Promise<DemandDto> {
    return this.#close(id, { command: 'withdraw' }, caller);
  }

  @Post(':id/remove')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: demandDto })
  removeDemand(
    @Param('id', idParam('dmd')) id: string,
    @Body({ schema: reasonDto }) { reason }: z.output<typeof reasonDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<DemandDto> {
    return this.#close(id, { command: 'remove', reason }, caller);
  }

  async #close(id: string, order: CloseOrder, caller: CallerIdentity): Promise<DemandDto> {
    return toDemandDto(unwrap(await this.#board.close(id, order, caller)));
  }
}
