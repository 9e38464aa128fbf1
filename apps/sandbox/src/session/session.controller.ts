import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import {
  Allow,
  Caller,
  everyone,
  Idempotent,
  idParam,
  pageOf,
  reasonDto,
  Repeatable,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import type { z } from 'zod';
import { LiveSessions } from './live-sessions.register.js';
import { OpenSession } from './open-session.use-cases.js';
import { historyDto, newSession, sessionDto, sessionQuery, toSessionDto, type SessionDto } from './session.dto.js';
import { SessionQueries } from './session.queries.js';
import type { PixelSession } from './session.js';
import { PixelSessions, type SessionOrder } from './session.use-cases.js';

/** Sessions as their viewer has them: asked for, opened, unlocked, ended. */
@ApiTags('sandbox: sessions')
@Controller('v1/sandbox/sessions')
export class SessionController {
  readonly #sessions: PixelSessions;
  readonly #opening: OpenSession;
  readonly #queries: SessionQueries;
  readonly #live: LiveSessions;

  constructor(sessions: PixelSessions, opening: OpenSession, queries: SessionQueries, live: LiveSessions) {
    this.#sessions = sessions;
    this.#opening = opening;
    this.#queries = queries;
    this.#live = live;
  }

  @Post()
  @Allow('buyer')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: sessionDto })
  async requestPixelSession(
    @Body({ schema: newSession }) body: z.output<typeof newSession>,
    @Caller() caller: CallerIdentity,
  ): Promise<SessionDto> {
    const wish = { enclaveId: body.enclave_id, purpose: body.purpose, language: body.language };
    return toSessionDto(unwrap(await this.#sessions.request(wish, caller)));
  }

  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: pageOf(sessionDto).meta({ id: 'PixelSessionPage' }) })
  listPixelSessions(
    @Query({ schema: sessionQuery }) query: z.output<typeof sessionQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<SessionDto>> {
    return this.#queries.list(query, caller);
  }

  @Get(':id')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: sessionDto })
  async getPixelSession(
    @Param('id', idParam('pxs')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<SessionDto> {
    return toSessionDto(unwrap(await this.#queries.get(id, caller)));
  }

  @Get(':id/history')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: historyDto })
  async getPixelSessionHistory(@Param('id', idParam('pxs')) id: string, @Caller() caller: CallerIdentity) {
    unwrap(await this.#queries.get(id, caller));
    return { data: await this.#queries.history(id) };
  }

  /** Opened twice it is refused: a session has one beginning. */
  @Post(':id/open')
  @HttpCode(200)
  @Allow('buyer')
  @ApiOkResponse({ standardSchema: sessionDto })
  async openPixelSession(
    @Param('id', idParam('pxs')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<SessionDto> {
    return toSessionDto(unwrap(await this.#opening.execute(id, caller)));
  }

  @Post(':id/unlock')
  @HttpCode(200)
  @Allow('buyer')
  @Repeatable()
  @ApiOkResponse({ standardSchema: sessionDto })
  unlockPixelSession(@Param('id', idParam('pxs')) id: string, @Caller() caller: CallerIdentity): Promise<SessionDto> {
    return this.#take(id, { command: 'unlock' }, caller);
  }

  /** The viewer of a frozen session says again that it is him. */
  @Post(':id/prove')
  @HttpCode(200)
  @Allow('buyer')
  @Repeatable()
  @ApiOkResponse({ standardSchema: sessionDto })
  provePixelSessionViewer(
    @Param('id', idParam('pxs')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<SessionDto> {
    return this.#take(id, { command: 'prove' }, caller);
  }

  @Post(':id/end')
  @HttpCode(200)
  @Allow('buyer', 'operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: sessionDto })
  endPixelSession(
    @Param('id', idParam('pxs')) id: string,
    @Body({ schema: reasonDto }) { reason }: z.output<typeof reasonDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<SessionDto> {
    return this.#take(id, { command: 'end', reason }, caller);
  }

  async #take(id: string, order: SessionOrder, caller: CallerIdentity): Promise<SessionDto> {
    const heard = ({ status }: PixelSession) => this.#live.heard(id, status);
    return toSessionDto(unwrap(await this.#sessions.take(id, order, caller, heard)));
  }
}
