import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainException, unwrap } from '@hetao/kernel';
import { Allow, Caller, idParam, type CallerIdentity } from '@hetao/runtime';
import { LiveSessions } from './live-sessions.register.js';
import { sessionErrors } from './session.errors.js';
import { SessionQueries } from './session.queries.js';
import { StreamUpgrades } from './stream.upgrades.js';

/** The pixels of a session, to its own person alone, who has signed in. */
@ApiTags('sandbox: sessions')
@Controller('v1/sandbox/sessions/:id/stream')
export class StreamController {
  readonly #upgrades: StreamUpgrades;
  readonly #sessions: SessionQueries;
  readonly #live: LiveSessions;

  constructor(upgrades: StreamUpgrades, sessions: SessionQueries, live: LiveSessions) {
    this.#upgrades = upgrades;
    this.#sessions = sessions;
    this.#live = live;
  }

  @Get()
  @Allow('buyer')
  async streamPixelSession(
    @Param('id', idParam('pxs')) id: string,
    @Caller() caller: CallerIdentity,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const session = unwrap(await this.#sessions.own(id, caller));
    if (!this.#upgrades.isUpgrade(request.raw)) {
      throw new DomainException(sessionErrors.STREAM_NEEDS_WEBSOCKET('The request asks for no upgrade.'));
    }
    const running = this.#live.of(id);
    if (running === undefined) {
      const detail = `${id} is ${session.status}, and does not run here.`;
      throw new DomainException(sessionErrors.SESSION_ELSEWHERE(detail, { meta: { status: session.status } }));
    }
    reply.hijack();
    running.attach(await this.#upgrades.accept(request.raw));
  }
}
