import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DomainException, unwrap } from '@hetao/kernel';
import {
  Allow,
  Caller,
  everyone,
  Idempotent,
  idParam,
  Repeatable,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import { PeerDirectory } from '../peer/peer.directory.js';
import { peerErrors } from '../peer/peer.errors.js';
import { OrderTransfer, RequestTransfer } from './order-transfer.use-cases.js';
import {
  newTransferDto,
  toTransferDto,
  transferAddressDto,
  transferDetailDto,
  transferDto,
  transferPageDto,
  transferQueryDto,
  transferReasonDto,
  type NewTransferDto,
  type TransferAddressDto,
  type TransferDetailDto,
  type TransferDto,
  type TransferQueryDto,
  type TransferReasonDto,
} from './transfer.dto.js';
import { TransferQueries } from './transfer.queries.js';
import type { TransferCommand } from './transfer.js';

/** Transfers of data with peers, for the organisations of this exchange that take part in them. */
@ApiTags('dataspace')
@Controller('v1/dataspace/transfers')
export class PeopleTransferController {
  readonly #request: RequestTransfer;
  readonly #order: OrderTransfer;
  readonly #transfers: TransferQueries;
  readonly #peers: PeerDirectory;

  constructor(request: RequestTransfer, order: OrderTransfer, transfers: TransferQueries, peers: PeerDirectory) {
    this.#request = request;
    this.#order = order;
    this.#transfers = transfers;
    this.#peers = peers;
  }

  @Post()
  @Allow('buyer')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: transferDto })
  async requestTransfer(
    @Body({ schema: newTransferDto }) body: NewTransferDto,
    @Caller() { organisationId }: CallerIdentity,
  ): Promise<TransferDto> {
    const peer = await this.#peers.byId(body.peer_id);
    if (peer === undefined) throw new DomainException(peerErrors.PEER_UNKNOWN(`There is no peer ${body.peer_id}.`));
    const { agreement_id: agreementRef, format, push_to: pushTo } = body;
    return toTransferDto(unwrap(await this.#request.execute({ peer, agreementRef, format, pushTo, organisationId })));
  }

  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: transferPageDto })
  listTransfers(
    @Query({ schema: transferQueryDto }) query: TransferQueryDto,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<TransferDto>> {
    return this.#transfers.list(query, caller);
  }

  @Get(':id')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: transferDetailDto })
  async getTransfer(
    @Param('id', idParam('trf')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<TransferDetailDto> {
    return unwrap(await this.#transfers.get(id, caller));
  }

  @Get(':id/address')
  @Allow('buyer')
  @ApiOkResponse({ standardSchema: transferAddressDto })
  async getTransferAddress(
    @Param('id', idParam('trf')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<TransferAddressDto> {
    return unwrap(await this.#transfers.address(id, caller));
  }

  @Post(':id/suspend')
  @HttpCode(200)
  @Allow('merchant', 'buyer', 'operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: transferDto })
  suspendTransfer(
    @Param('id', idParam('trf')) id: string,
    @Body({ schema: transferReasonDto }) body: TransferReasonDto,
    @Caller() caller: CallerIdentity,
  ): Promise<TransferDto> {
    return this.#say('suspend', id, { reason: body.reason, caller });
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Allow('merchant', 'buyer', 'operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: transferDto })
  resumeTransfer(@Param('id', idParam('trf')) id: string, @Caller() caller: CallerIdentity): Promise<TransferDto> {
    return this.#say('start', id, { reason: null, caller });
  }

  @Post(':id/complete')
  @HttpCode(200)
  @Allow('merchant', 'buyer')
  @Repeatable()
  @ApiOkResponse({ standardSchema: transferDto })
  completeTransfer(@Param('id', idParam('trf')) id: string, @Caller() caller: CallerIdentity): Promise<TransferDto> {
    return this.#say('complete', id, { reason: null, caller });
  }

  @Post(':id/terminate')
  @HttpCode(200)
  @Allow('merchant', 'buyer', 'operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: transferDto })
  terminateTransfer(
    @Param('id', idParam('trf')) id: string,
    @Body({ schema: transferReasonDto }) body: TransferReasonDto,
    @Caller() caller: CallerIdentity,
  ): Promise<TransferDto> {
    return this.#say('terminate', id, { reason: body.reason, caller });
  }

  async #say(
    command: TransferCommand,
    id: string,
    { reason, caller }: { readonly reason: string | null; readonly caller: CallerIdentity },
  ): Promise<TransferDto> {
    const reasons = reason === null ? [] : [reason];
    return toTransferDto(unwrap(await this.#order.execute(id, { command, reasons }, caller)));
  }
}
