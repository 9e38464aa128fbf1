import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { ParticipantModule } from '../participant/participant.module.js';
import { TeamController } from './team.controller.js';
import { TeamRoles } from './team-role.interceptor.js';
import { Team } from './team.use-cases.js';

@Module({
  imports: [ParticipantModule],
  controllers: [TeamController],
  providers: [Team, { provide: APP_INTERCEPTOR, useClass: TeamRoles }],
})
export class TeamModule {}
