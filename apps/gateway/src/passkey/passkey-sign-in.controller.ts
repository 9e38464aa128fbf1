import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Public } from '@hetao/runtime';
import { PASSKEY_REFUSED_QUERY } from '../oidc/identify.page.js';
import { Interactions } from '../oidc/interaction.reply.js';
import { IDENTIFY_PATH } from '../oidc/oidc.provider.js';
import { formBody } from '../page/form.dto.js';
import { assertionDto } from './passkey.dto.js';
import { PasskeySignIn } from './passkey-sign-in.use-cases.js';

/** Possession of a key, and a second factor beside it: the device has asked for a finger, a face or a PIN (RFC 8176). */
const AMR = ['pop', 'mfa'];

const passkeyForm = formBody({
  credential: z
    .string()
    .max(6_000)
    .transform((text) => assertionDto.safeParse(parsed(text)).data),
});

/** Signing in with a passkey on the page that asks for a password. */
@Controller(`${IDENTIFY_PATH.slice(1)}/:uid`)
@Public()
@ApiExcludeController()
export class PasskeySignInController {
  readonly #signIn: PasskeySignIn;
  readonly #interactions: Interactions;

  constructor(signIn: PasskeySignIn, interactions: Interactions) {
    this.#signIn = signIn;
    this.#interactions = interactions;
  }

  /** For `PublicKeyCredential.parseRequestOptionsFromJSON()`; asked for by the page's script. */
  @Post('passkey-options')
  async beginPasskeySignIn(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.#interactions.during(request, reply, async () => {
      const options = await this.#signIn.begin(this.#interactions.placeOf(request).uid);
      await reply.status(200).header('cache-control', 'no-store').send(options);
    });
  }

  @Post('passkey')
  async finishPasskeySignIn(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body({ schema: passkeyForm }) { credential }: z.output<typeof passkeyForm>,
  ): Promise<void> {
    await this.#interactions.during(request, reply, async () => {
      const place = this.#interactions.placeOf(request);
      const known = credential && (await this.#signIn.finish(credential, place));
      if (known?.ok === true) return this.#interactions.finish(request, reply, { accountId: known.value, amr: AMR });
      await reply.redirect(`${IDENTIFY_PATH}/${place.uid}?passkey=${PASSKEY_REFUSED_QUERY}`, 303);
    });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
