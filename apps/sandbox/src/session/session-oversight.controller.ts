import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, Idempotent, idParam, reasonDto, Repeatable, type CallerIdentity } from '@hetao/runtime';
import type { z } from 'zod';
import { LiveSessions } from './live-sessions.register.js';
import { sessionDto, toSessionDto, type SessionDto } from './session.dto.js';
import type { PixelSession } from './session.js';
import { PixelSessions, type SessionOrder } from './session.use-cases.js';

/** Sessions as those have them who answer for the data: approved or denied, frozen, thawed by two, terminated. */
@ApiTags('sandbox: sessions')
@Controller('v1/sandbox/sessions/:id')
export class SessionOversightController {
  readonly #sessions: PixelSessions;
  readonly #live: LiveSessions;

  constructor(sessions: PixelSessions, live: LiveSessions) {
    this.#sessions = sessions;
    this.#live = live;
  }

  @Post('approve')
  @HttpCode(200)
  @Allow('merchant', 'operator')
  @Idempotent()
  @ApiOkResponse({ standardSchema: sessionDto })
  approvePixelSession(@Param('id', idParam('pxs')) id: string, @Caller() caller: CallerIdentity): Promise<SessionDto> {
    return this.#take(id, { command: 'approve' }, caller);
  }

  @Post('deny')
  @HttpCode(200)
  @Allow('merchant', 'operator')
  @Idempotent()
  @ApiOkResponse({ standardSchema: sessionDto })
  denyPixelSession(
    @Param('id', idParam('pxs')) id: string,
    @Body({ schema: reasonDto }) { reason }: z.output<typeof reasonDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<SessionDto> {
    return this.#take(id, { command: 'deny', reason }, caller);
  }

  @Post('freeze')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: sessionDto })
  freezePixelSession(
    @Param('id', idParam('pxs')) id: string,
    @Body({ schema: reasonDto }) { reason }: z.output<typeof reasonDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<SessionDto> {
    return this.#take(id, { command: 'freeze', reason }, caller);
  }

  @Post('thaw')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: sessionDto })
  thawPixelSession(@Param('id', idParam('pxs')) id: string, @Caller() caller: CallerIdentity): Promise<SessionDto> {
    return this.#take(id, { command: 'thaw' }, caller);
  }

  @Post('terminate')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: sessionDto })
  terminatePixelSession(
    @Param('id', idParam('pxs')) id: string,
    @Body({ schema: reasonDto }) { reason }: z.output<typeof reasonDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<SessionDto> {
    return this.#take(id, { command: 'terminate', reason }, caller);
  }

  async #take(id: string, order: SessionOrder, caller: CallerIdentity): Promise<SessionDto> {
    const heard = ({ status }: PixelSession) => this.#live.heard(id, status);
    return toSessionDto(unwrap(await this.#sessions.take(id, order, caller, heard)));
  }
}
