import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Public, STATUS_BY_KIND } from '@hetao/runtime';
import { formBody } from '../page/form.dto.js';
import { languageOf, queryValue, sendPage } from '../page/page.reply.js';
import { INVITATION_PATH, invitationOverPage, invitationPage } from './invitation.page.js';
import { Join } from './join.use-cases.js';

const joinForm = formBody({
  token: z.string().max(100).default(''),
  display_name: z.string().trim().max(200).default(''),
  password: z.string().max(600).default(''),
});

/** The page behind the link of an invitation. The link itself is the permission. */
@Controller(INVITATION_PATH.slice(1))
@Public()
@ApiExcludeController()
export class JoinController {
  readonly #join: Join;

  constructor(join: Join) {
    this.#join = join;
  }

  @Get()
  async showInvitation(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const token = queryValue(request, 'token') ?? '';
    await this.#ask(request, reply, { token, displayName: '' });
  }

  @Post()
  async acceptInvitation(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body({ schema: joinForm }) form: z.output<typeof joinForm>,
  ): Promise<void> {
    const { token, display_name: name, password } = form;
    const requestId = request.headers['x-request-id']?.toString() ?? null;
    const displayName = name === '' ? 'Member' : name;
    const joined = await this.#join.execute({ token, displayName, password, requestId });
    if (joined.ok) return void (await reply.redirect('/sign-in', 303));
    await this.#ask(request, reply, { token, displayName: name, error: `${joined.error.detail} ${joined.error.fix}` });
  }

  async #ask(
    request: FastifyRequest,
    reply: FastifyReply,
    form: { readonly token: string; readonly displayName: string; readonly error?: string },
  ): Promise<void> {
    const language = languageOf(request, reply);
    const invitation = await this.#join.usable(form.token);
    if (!invitation.ok) {
      return sendPage(reply, invitationOverPage(language), { status: STATUS_BY_KIND.gone });
    }
    const status = form.error === undefined ? 200 : STATUS_BY_KIND.unprocessable;
    await sendPage(reply, invitationPage({ ...form, language, invitation: invitation.value }), { status });
  }
}
