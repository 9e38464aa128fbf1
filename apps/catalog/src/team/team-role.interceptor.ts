import { Injectable, SetMetadata, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { DomainException } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { callerOf } from '@hetao/runtime';
import { teamErrors } from './team.errors.js';
import { deeds, mayDo, type Deed } from './team.js';
import { teamOf } from './team.use-cases.js';

const DEED = 'hetao:team-deed';

/** Says what a route asks of a person's role in his own organisation. */
export const AsksOfTeam = (deed: Deed) => SetMetadata(DEED, deed);

/**
 * Holds people to their roles in their organisation. Keys and our own processes are held to their scopes instead, and
 * the exchange's people act for the exchange. An interceptor, because it comes after the guard that finds out who calls.
 */
@Injectable()
export class TeamRoles implements NestInterceptor<unknown, unknown> {
  readonly #uow: UnitOfWork;
  readonly #reflector: Reflector;

  constructor(uow: UnitOfWork, reflector: Reflector) {
    this.#uow = uow;
    this.#reflector = reflector;
  }

  async intercept(context: ExecutionContext, next: CallHandler<unknown>): Promise<Observable<unknown>> {
    const deed = this.#reflector.get<Deed | undefined>(DEED, context.getHandler());
    const caller = deed && callerOf(context.switchToHttp().getRequest<FastifyRequest>());
    if (deed === undefined || caller?.via !== 'session') return next.handle();
    const team = await this.#uow.run((tx) => teamOf(tx, caller.organisationId));
    if (mayDo(team, caller.subject, deed)) return next.handle();
    const needed = ['owner', ...deeds[deed]].join(' or ');
    throw new DomainException(teamErrors.TEAM_ROLE_NEEDED(`${caller.subject} needs the role ${needed}.`));
  }
}
