import { Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DomainException } from '@hetao/kernel';
import { Allow, everyone, idParam, idSchema, Scope } from '@hetao/runtime';
import { CallerRegister } from './caller.register.js';
import { sessionErrors } from './session.errors.js';
import { Sessions } from './session.use-cases.js';

const sessionDto = z
  .object({
    id: idSchema('ses'),
    current: z.boolean().describe('The one that asks'),
    device: z.string().describe('What the browser calls itself'),
    address: z.string().describe('From where it was begun; of IPv6 the network'),
    created_at: z.iso.datetime(),
    last_seen_at: z.iso.datetime(),
  })
  .meta({ id: 'Session' });
const sessionsDto = z.object({ data: z.array(sessionDto) }).meta({ id: 'Sessions' });
const endedDto = z.object({ ended: z.int() }).meta({ id: 'EndedSessions' });

/** Where somebody is signed in. */
@ApiTags('sessions')
@Controller('v1/sessions')
@Allow(...everyone)
export class SessionController {
  readonly #sessions: Sessions;
  readonly #register: CallerRegister;

  constructor(sessions: Sessions, register: CallerRegister) {
    this.#sessions = sessions;
    this.#register = register;
  }

  @Get()
  @Scope('identity:read', 'identity:write')
  @ApiOperation({ summary: 'List where you are signed in' })
  @ApiOkResponse({ standardSchema: sessionsDto })
  async listSessions(@Req() request: FastifyRequest): Promise<z.output<typeof sessionsDto>> {
    const { accountId, session } = this.#register.require(request);
    const live = await this.#sessions.list(accountId);
    const data = live.map(({ id, hash, device, address, createdAt, lastSeenAt }) => ({
      ...{ id, current: session?.hash.equals(hash) === true, device, address },
      ...{ created_at: createdAt.toISOString(), last_seen_at: lastSeenAt.toISOString() },
    }));
    return { data };
  }

  @Delete(':id')
  @HttpCode(204)
  @Scope('identity:write')
  @ApiOperation({ summary: 'End a session', description: 'It stops with the next request.' })
  @ApiNoContentResponse()
  async endSession(@Param('id', idParam('ses')) id: string, @Req() request: FastifyRequest): Promise<void> {
    const ended = await this.#sessions.endByIds([id], this.#register.actorOf(request));
    if (ended === 0) throw new DomainException(sessionErrors.SESSION_NOT_FOUND(`${id} is no session of yours.`));
  }

  @Post('end-others')
  @HttpCode(200)
  @Scope('identity:write')
  @ApiOperation({ summary: 'End every session but this one' })
  @ApiOkResponse({ standardSchema: endedDto })
  async endOtherSessions(@Req() request: FastifyRequest): Promise<z.output<typeof endedDto>> {
    const { accountId, session } = this.#register.require(request);
    const live = await this.#sessions.list(accountId);
    const others = live.filter(({ hash }) => session?.hash.equals(hash) !== true);
    const ids = others.map(({ id }) => id);
    return { ended: await this.#sessions.endByIds(ids, this.#register.actorOf(request)) };
  }
}
