import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow } from '@hetao/runtime';
import { PeerDirectory } from '../peer/peer.directory.js';
import { openTokenDto, tokenCheckDto, type OpenTokenDto, type TokenCheckDto } from './transfer.dto.js';
import { TransferTokenQueries } from './transfer-tokens.queries.js';

const CLOSED: OpenTokenDto = {
  active: false,
  agreement_id: null,
  organisation_id: null,
  transfer_id: null,
  purpose: null,
  expires_at: null,
};

/** For the exchange's own deliveries and its sandbox: what a peer's token opens at this instant (in the manner of RFC 7662). */
@ApiTags('dataspace')
@Controller('v1/dataspace/token-checks')
export class TransferTokenController {
  readonly #tokens: TransferTokenQueries;
  readonly #peers: PeerDirectory;

  constructor(tokens: TransferTokenQueries, peers: PeerDirectory) {
    this.#tokens = tokens;
    this.#peers = peers;
  }

  @Post()
  @HttpCode(200)
  @Allow('system')
  @ApiOkResponse({ standardSchema: openTokenDto })
  async checkTransferToken(@Body({ schema: tokenCheckDto }) { token, opens }: TokenCheckDto): Promise<OpenTokenDto> {
    const open = await this.#tokens.check(token, opens);
    const peer = open === null ? undefined : await this.#peers.byId(open.peerId);
    if (open === null || peer?.status !== 'active') return CLOSED;
    return {
      active: true,
      agreement_id: open.agreementId,
      organisation_id: peer.organisationId,
      transfer_id: open.transferId,
      purpose: open.purpose,
      expires_at: open.expiresAt.toISOString(),
    };
  }
}
