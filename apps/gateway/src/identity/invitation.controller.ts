import { Body, Controller, Delete, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import { afterCursor, Allow, cursorPage, cursorQuery, idParam, Scope, SERVICE_CONFIG, type Page } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import { CallerRegister } from '../session/caller.register.js';
import { INVITATION_PATH } from './invitation.page.js';
import {
  invitationDto,
  invitationPageDto,
  madeInvitationDto,
  newInvitation,
  toInvitationDto,
  type InvitationDto,
  type MadeInvitationDto,
} from './invitation.dto.js';
import { IdentityRules } from './identity.rules.js';
import { Invitations } from './invitations.use-cases.js';

/** Asking people to join. */
@Controller('v1/invitations')
@Allow('merchant', 'buyer', 'operator')
export class InvitationController {
  readonly #invitations: Invitations;
  readonly #register: CallerRegister;
  readonly #rules: IdentityRules;
  readonly #config: GatewayConfig;

  constructor(
    invitations: Invitations,
    register: CallerRegister,
    rules: IdentityRules,
    @Inject(SERVICE_CONFIG) config: GatewayConfig,
  ) {
    this.#invitations = invitations;
    this.#register = register;
    this.#rules = rules;
    this.#config = config;
  }

  @Post()
  @Scope('identity:write')
  @ApiOperation({
    summary: 'Invite somebody to your organisation',
    description:
      'An act of an owner. The answer is the only one that ever holds the link, which is good for seven days.',
  })
  @ApiCreatedResponse({ standardSchema: madeInvitationDto })
  async inviteMember(
    @Body({ schema: newInvitation }) body: z.output<typeof newInvitation>,
    @Req() request: FastifyRequest,
  ): Promise<MadeInvitationDto> {
    const known = this.#register.require(request);
    const { email, personas, roles, organisation_id: organisationId = known.identity.organisationId } = body;
    const wanted = { organisationId, email, personas, roles };
    const made = unwrap(await this.#invitations.invite(known, this.#register.actorOf(request), wanted));
    const link = `${this.#config.PUBLIC_URL}${INVITATION_PATH}?token=${made.token}`;
    return { ...toInvitationDto(made.invitation, this.#rules.clock.now()), link };
  }

  @Get()
  @Scope('identity:read', 'identity:write')
  @ApiOperation({ summary: 'List the invitations of your organisation' })
  @ApiOkResponse({ standardSchema: invitationPageDto })
  async listInvitations(
    @Query({ schema: cursorQuery }) query: z.output<typeof cursorQuery>,
    @Req() request: FastifyRequest,
  ): Promise<Page<InvitationDto>> {
    const [afterId = ''] = afterCursor(query.cursor, {}) ?? [];
    const rows = await this.#invitations.list(this.#register.require(request), String(afterId), query.limit + 1);
    const page = cursorPage(rows, query.limit, ({ id }) => [id], {});
    return { ...page, data: page.data.map((one) => toInvitationDto(one, this.#rules.clock.now())) };
  }

  @Delete(':id')
  @Scope('identity:write')
  @ApiOperation({ summary: 'Revoke an invitation' })
  @ApiOkResponse({ standardSchema: invitationDto })
  async revokeInvitation(
    @Param('id', idParam('ivt')) id: string,
    @Req() request: FastifyRequest,
  ): Promise<InvitationDto> {
    const known = this.#register.require(request);
    const revoked = unwrap(await this.#invitations.revoke(known, this.#register.actorOf(request), id));
    return toInvitationDto(revoked, this.#rules.clock.now());
  }
}
