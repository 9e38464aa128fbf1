import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import { afterCursor, Allow, cursorPage, idParam, Repeatable, type Page } from '@hetao/runtime';
import {
  newPeerDto,
  peerDto,
  peerPageDto,
  peerQueryDto,
  toPeerDto,
  type NewPeerDto,
  type PeerDto,
  type PeerQueryDto,
} from './peer.dto.js';
import { PeerDiscovery } from './peer-discovery.js';
import { PeerDirectory } from './peer.directory.js';
import { EnterPeer, SuspendPeer } from './peer.use-cases.js';

/** The other participants of the dataspace, as the operator of this exchange enters them. */
@ApiTags('dataspace')
@Controller('v1/dataspace/peers')
export class PeerController {
  readonly #enter: EnterPeer;
  readonly #suspend: SuspendPeer;
  readonly #peers: PeerDirectory;

  readonly #discovery: PeerDiscovery;

  constructor(enter: EnterPeer, suspend: SuspendPeer, peers: PeerDirectory, discovery: PeerDiscovery) {
    this.#enter = enter;
    this.#suspend = suspend;
    this.#peers = peers;
    this.#discovery = discovery;
  }

  @Put()
  @Allow('operator')
  @ApiOkResponse({ standardSchema: peerDto })
  async enterPeer(@Body({ schema: newPeerDto }) body: NewPeerDto): Promise<PeerDto> {
    const headers = body.auth.mode === 'static' ? { sends: body.auth.sends, expects: body.auth.expects } : null;
    const auth = body.auth.mode === 'static' ? ({ mode: 'static' } as const) : body.auth;
    const entry = {
      participantId: body.participant_id,
      organisationId: body.organisation_id,
      baseUrl: body.base_url ?? unwrap(await this.#discovery.baseOf(body.root_url ?? '')),
      auth,
      headers,
    };
    return toPeerDto(unwrap(await this.#enter.execute(entry)));
  }

  @Get()
  @Allow('operator', 'auditor')
  @ApiOkResponse({ standardSchema: peerPageDto })
  async listPeers(@Query({ schema: peerQueryDto }) query: PeerQueryDto): Promise<Page<PeerDto>> {
    const after = afterCursor(query.cursor, {})?.[0] ?? null;
    const rows = await this.#peers.page(after === null ? null : String(after), query.limit + 1);
    const page = cursorPage(rows, query.limit, (peer) => [peer.id], {});
    return { ...page, data: page.data.map(toPeerDto) };
  }

  @Post(':id/suspend')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: peerDto })
  async suspendPeer(@Param('id', idParam('per')) id: string): Promise<PeerDto> {
    return toPeerDto(unwrap(await this.#suspend.execute(id)));
  }
}
