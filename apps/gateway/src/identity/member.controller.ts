import { Body, Controller, Get, Inject, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, everyone, Scope, SERVICE_CONFIG, type CallerIdentity } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import { keyFor } from '../gateway.secrets.js';
import { CallerRegister } from '../session/caller.register.js';
import { csrfToken } from '../session/csrf-token.codec.js';
import { meDto, memberDto, newMember, toMemberDto, type MeDto, type MemberDto } from './member.dto.js';
import { AddMember } from './member.use-cases.js';

/** Who is calling, and who else may. */
@Controller('v1')
export class MemberController {
  readonly #addMember: AddMember;
  readonly #register: CallerRegister;
  readonly #config: GatewayConfig;

  constructor(addMember: AddMember, register: CallerRegister, @Inject(SERVICE_CONFIG) config: GatewayConfig) {
    this.#addMember = addMember;
    this.#register = register;
    this.#config = config;
  }

  @Get('me')
  @Allow(...everyone)
  @Scope('identity:read', 'identity:write')
  @ApiOperation({ summary: 'Who is calling, and what they may do' })
  @ApiOkResponse({ standardSchema: meDto })
  getMe(@Caller() caller: CallerIdentity, @Req() request: FastifyRequest): MeDto {
    const known = this.#register.require(request);
    const { session } = known;
    const key = keyFor('csrf-token', this.#config.SESSION_SECRET);
    return {
      subject: caller.subject,
      account_id: known.accountId,
      organisation_id: caller.organisationId,
      email: known.email,
      display_name: caller.displayName,
      personas: [...caller.personas],
      roles: [...known.roles],
      via: caller.via,
      scopes: [...caller.scopes],
      csrf_token: session === undefined ? null : csrfToken(key, session.hash),
      session_ends_at: session === undefined ? null : session.endsAt.toISOString(),
    };
  }

  @Post('members')
  @Allow('operator', 'merchant', 'buyer')
  @Scope('identity:write')
  @ApiOperation({ summary: 'Add a member to an organisation' })
  @ApiCreatedResponse({ standardSchema: memberDto })
  async addMember(
    @Body({ schema: newMember }) body: z.output<typeof newMember>,
    @Req() request: FastifyRequest,
  ): Promise<MemberDto> {
    const known = this.#register.require(request);
    const account = unwrap(
      await this.#addMember.execute(known, this.#register.actorOf(request), {
        organisationId: body.organisation_id,
        email: body.email,
        displayName: body.display_name ?? body.email,
        personas: body.personas,
        roles: body.roles,
        password: body.password,
        demo: body.demo,
      }),
    );
    return toMemberDto(account);
  }
}
