import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { err, ok, type Result } from '@hetao/kernel';
import { LOGGER } from '@hetao/runtime';
import { OpenIdClient, type IssuerWord, type SignInAttempt } from './openid.client.js';
import { RecogniseMember } from './recognise-member.use-cases.js';
import type { SessionOrigin } from './session.js';
import { Sessions } from './session.use-cases.js';

/** Why somebody who came back from the issuer is not signed in; each has its own words on a page. */
export type SignInRefusal = 'failed' | 'noAccount' | 'closed';

/** From the issuer's word to a session. */
@Injectable()
export class SignIn {
  readonly #client: OpenIdClient;
  readonly #members: RecogniseMember;
  readonly #sessions: Sessions;
  readonly #logger: Logger;

  constructor(client: OpenIdClient, members: RecogniseMember, sessions: Sessions, @Inject(LOGGER) logger: Logger) {
    this.#client = client;
    this.#members = members;
    this.#sessions = sessions;
    this.#logger = logger;
  }

  /** Where to send the browser. Throws when the issuer cannot be reached. */
  begin(language: string): Promise<{ readonly url: URL; readonly attempt: SignInAttempt }> {
    return this.#client.begin(language);
  }

  /** The token of a new session. An account is needed: an issuer outside may know people who are no members. */
  async finish(
    callbackUrl: URL,
    attempt: SignInAttempt,
    origin: SessionOrigin,
  ): Promise<Result<string, SignInRefusal>> {
    let word: IssuerWord;
    try {
      word = await this.#client.finish(callbackUrl, attempt);
    } catch (error) {
      // Cancelled, replayed, forged or late: the person starts again, the log says which.
      this.#logger.warn({ err: error }, 'A sign-in was not accepted');
      return err('failed');
    }
    const account = await this.#members.execute(word);
    if (account === undefined) return err('noAccount');
    if (account.disabledAt !== null) return err('closed');
    const token = await this.#sessions.start(account.id, word.idToken, origin);
    this.#logger.info({ account: account.id, organisation: account.organisationId }, 'Signed in');
    return ok(token);
  }
}
