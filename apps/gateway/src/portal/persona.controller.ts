import { Body, Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public, SERVICE_CONFIG } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import { giveSession } from '../session/session.cookie.js';
import { sessionTokenOf } from '../session/session.cookie.js';
import { personaForm, type PersonaForm } from './persona.dto.js';
import { SwitchPersona } from './switch-persona.use-cases.js';

/** The switch of persons in the portal's header; outside of a demonstration it leads nowhere. */
@Controller()
@Public()
@ApiExcludeController()
export class PersonaController {
  readonly #switchPersona: SwitchPersona;
  readonly #config: GatewayConfig;

  constructor(switchPersona: SwitchPersona, @Inject(SERVICE_CONFIG) config: GatewayConfig) {
    this.#switchPersona = switchPersona;
    this.#config = config;
  }

  @Post('portal/persona')
  async switchPersona(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body({ schema: personaForm }) form: PersonaForm,
  ): Promise<void> {
    if (!this.#config.DEMO) return void reply.callNotFound();
    const token = await this.#switchPersona.execute(sessionTokenOf(request, this.#config), form);
    if (token !== undefined) giveSession(reply, this.#config, token);
    await reply.header('cache-control', 'no-store').redirect('/', 303);
  }
}
