import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Clock } from '@hetao/kernel';
import { CLOCK, Public } from '@hetao/runtime';
import type { z } from 'zod';
import { NodeAlarms } from './node.queries.js';
import { peersDto, toPeerDto } from './peer.dto.js';

/** How the nodes see each other: for anybody, since a log that is not watched is worth less. */
@ApiTags('attestation-log')
@Controller('v1/attestation-witness/peers')
@Public()
export class PeerController {
  readonly #node: NodeAlarms;
  readonly #clock: Clock;

  constructor(node: NodeAlarms, @Inject(CLOCK) clock: Clock) {
    this.#node = node;
    this.#clock = clock;
  }

  @Get()
  @ApiOkResponse({ standardSchema: peersDto })
  async listPeers(): Promise<z.output<typeof peersDto>> {
    const now = this.#clock.now();
    return { data: (await this.#node.peers()).map((status) => toPeerDto(status, now)) };
  }
}
