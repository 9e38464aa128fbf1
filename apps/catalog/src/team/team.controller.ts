import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, everyone, idParam, text, type CallerIdentity } from '@hetao/runtime';
import { z } from 'zod';
import { teamRoles, type TeamMember } from './team.js';
import { Team } from './team.use-cases.js';

const subjectName = z.string().regex(/^[A-Za-z0-9_.:-]{1,200}$/, 'must be the id of a person');
const personDto = z
  .strictObject({
    display_name: text(200),
    roles: z
      .array(z.enum(teamRoles))
      .min(1)
      .max(teamRoles.length)
      .refine((roles) => new Set(roles).size === roles.length, 'must name each role once'),
  })
  .meta({ id: 'TeamMemberRoles' });
type PersonDto = z.output<typeof personDto>;

const memberDto = z
  .object({
    subject: z.string(),
    display_name: z.string(),
    roles: z.array(z.enum(teamRoles)),
    added_at: z.iso.datetime(),
    added_by: z.string(),
  })
  .meta({ id: 'TeamMember' });
type MemberDto = z.output<typeof memberDto>;
const teamDto = z.object({ data: z.array(memberDto) }).meta({ id: 'Team' });

/** The people of an organisation: owner, editor, finance, compliance, read-only. */
@ApiTags('team')
@Controller('v1/participants/:id/team')
export class TeamController {
  readonly #team: Team;

  constructor(team: Team) {
    this.#team = team;
  }

  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: teamDto })
  async listTeam(
    @Param('id', idParam('org')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<{ data: MemberDto[] }> {
    return { data: unwrap(await this.#team.list(id, caller)).map(toMemberDto) };
  }

  @Put(':subject')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: memberDto })
  async putTeamMember(
    @Param('id', idParam('org')) id: string,
    @Param('subject', { schema: subjectName }) subject: string,
    @Body({ schema: personDto }) { display_name: displayName, roles }: PersonDto,
    @Caller() caller: CallerIdentity,
  ): Promise<MemberDto> {
    return toMemberDto(unwrap(await this.#team.put(id, { subject, displayName, roles }, caller)));
  }

  @Delete(':subject')
  @HttpCode(204)
  @Allow(...everyone)
  @ApiNoContentResponse()
  async removeTeamMember(
    @Param('id', idParam('org')) id: string,
    @Param('subject', { schema: subjectName }) subject: string,
    @Caller() caller: CallerIdentity,
  ): Promise<void> {
    unwrap(await this.#team.remove(id, subject, caller));
  }
}

function toMemberDto({ subject, displayName, roles, addedAt, addedBy }: TeamMember): MemberDto {
  return { subject, display_name: displayName, roles: [...roles], added_at: addedAt.toISOString(), added_by: addedBy };
}
