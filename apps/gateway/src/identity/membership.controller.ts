import { Body, Controller, Get, Param, Patch, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import {
  afterCursor,
  Allow,
  cursorPage,
  cursorQuery,
  everyone,
  idParam,
  pageOf,
  Scope,
  type Page,
} from '@hetao/runtime';
import { CallerRegister } from '../session/caller.register.js';
import { memberDto, memberRolesDto, toMemberDto, type MemberDto } from './member.dto.js';
import { Members } from './members.use-cases.js';

const memberChange = z
  .strictObject({
    roles: memberRolesDto.optional(),
    closed: z.boolean().optional().describe('A closed account can neither sign in nor use its keys'),
  })
  .meta({ id: 'MemberChange' });

const memberQuery = cursorQuery.extend({
  organisation_id: z.string().max(60).optional().describe('Another organisation, for the exchange’s own people'),
});

/** The people of an organisation. */
@Controller('v1/members')
export class MembershipController {
  readonly #members: Members;
  readonly #register: CallerRegister;

  constructor(members: Members, register: CallerRegister) {
    this.#members = members;
    this.#register = register;
  }

  @Get()
  @Allow(...everyone)
  @Scope('identity:read', 'identity:write')
  @ApiOperation({ summary: 'List the members of your organisation' })
  @ApiOkResponse({ standardSchema: pageOf(memberDto).meta({ id: 'MemberPage' }) })
  async listMembers(
    @Query({ schema: memberQuery }) query: z.output<typeof memberQuery>,
    @Req() request: FastifyRequest,
  ): Promise<Page<MemberDto>> {
    const filter = { organisation: query.organisation_id };
    const [afterId = ''] = afterCursor(query.cursor, filter) ?? [];
    const known = this.#register.require(request);
    const rows = await this.#members.list(known, query.organisation_id, String(afterId), query.limit + 1);
    const page = cursorPage(rows, query.limit, ({ id }) => [id], filter);
    return { ...page, data: page.data.map(toMemberDto) };
  }

  @Patch(':id')
  @Allow('operator', 'merchant', 'buyer')
  @Scope('identity:write')
  @ApiOperation({
    summary: 'Change a member’s roles, or close the account',
    description: 'An act of an owner, or of the operator. An organisation keeps an owner.',
  })
  @ApiOkResponse({ standardSchema: memberDto })
  async changeMember(
    @Param('id', idParam('acc')) id: string,
    @Body({ schema: memberChange }) change: z.output<typeof memberChange>,
    @Req() request: FastifyRequest,
  ): Promise<MemberDto> {
    const known = this.#register.require(request);
    return toMemberDto(unwrap(await this.#members.change(known, this.#register.actorOf(request), id, change)));
  }
}
