import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, UseInterceptors } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, everyone, idParam, IfMatch, Repeatable, type CallerIdentity } from '@hetao/runtime';
import { RevisionEtag } from '../shared/revision-etag.interceptor.js';
import {
  checklistDto,
  newPaperDto,
  paperDto,
  requirementName,
  toChecklistDto,
  toPaperDto,
  type ChecklistDto,
  type NewPaperDto,
  type PaperDto,
} from './application.dto.js';
import { HandInApplication, WriteApplication } from './application.use-cases.js';
import {
  applicationDto,
  participantDto,
  toApplicationChange,
  toParticipantDto,
  type ApplicationDto,
  type ParticipantDto,
} from './participant.dto.js';
import { AsksOfTeam } from '../team/team-role.interceptor.js';

/** An organisation's own way in: what it tells, the papers its home asks for, and handing them in. */
@ApiTags('participants')
@Controller('v1/participants/:id')
@UseInterceptors(RevisionEtag)
export class ApplicationController {
  readonly #write: WriteApplication;
  readonly #handIn: HandInApplication;

  constructor(write: WriteApplication, handIn: HandInApplication) {
    this.#write = write;
    this.#handIn = handIn;
  }

  @Patch('application')
  @Allow(...everyone)
  @AsksOfTeam('edit_papers')
  @ApiHeader({ name: 'If-Match', required: true, description: 'ETag of the participant as it was read' })
  @ApiOkResponse({ standardSchema: participantDto })
  async editApplication(
    @Param('id', idParam('org')) id: string,
    @Body({ schema: applicationDto }) body: ApplicationDto,
    @IfMatch() revision: number,
    @Caller() caller: CallerIdentity,
  ): Promise<ParticipantDto> {
    const edit = { revision, change: toApplicationChange(body) };
    return toParticipantDto(unwrap(await this.#write.execute(id, edit, caller)), true);
  }

  @Get('checklist')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: checklistDto })
  async getChecklist(@Param('id', idParam('org')) id: string, @Caller() caller: CallerIdentity): Promise<ChecklistDto> {
    const { items, papers } = unwrap(await this.#handIn.checklist(id, caller));
    return toChecklistDto(items, papers);
  }

  @Put('documents/:requirement')
  @Allow(...everyone)
  @AsksOfTeam('edit_papers')
  @ApiOkResponse({ standardSchema: paperDto })
  async handInDocument(
    @Param('id', idParam('org')) id: string,
    @Param('requirement', { schema: requirementName }) requirement: string,
    @Body({ schema: newPaperDto }) { issued_on, valid_until, ...paper }: NewPaperDto,
    @Caller() caller: CallerIdentity,
  ): Promise<PaperDto> {
    const handedIn = { ...paper, requirement, issuedOn: issued_on, validUntil: valid_until };
    return toPaperDto(unwrap(await this.#handIn.putPaper(id, handedIn, caller)));
  }

  @Post('submit')
  @HttpCode(200)
  @Allow(...everyone)
  @Repeatable()
  @AsksOfTeam('edit_papers')
  @ApiOkResponse({ standardSchema: participantDto })
  async submitApplication(
    @Param('id', idParam('org')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<ParticipantDto> {
    return toParticipantDto(unwrap(await this.#handIn.submit(id, caller)), true);
  }
}
