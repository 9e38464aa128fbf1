import { Inject, Injectable } from '@nestjs/common';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import { keyFor } from '../gateway.secrets.js';
import { DemoAccounts } from '../identity/demo-accounts.use-cases.js';
import { isCsrfToken } from '../session/csrf-token.codec.js';
import { Sessions } from '../session/session.use-cases.js';
import type { PersonaForm } from './persona.dto.js';

/** Takes the place of another person of the demonstration. Only for accounts that ask nobody for a password. */
@Injectable()
export class SwitchPersona {
  readonly #demo: DemoAccounts;
  readonly #sessions: Sessions;
  readonly #config: GatewayConfig;

  constructor(demo: DemoAccounts, sessions: Sessions, @Inject(SERVICE_CONFIG) config: GatewayConfig) {
    this.#demo = demo;
    this.#sessions = sessions;
    this.#config = config;
  }

  /**
   * The token of the new session; undefined, and nothing happened, when the request did not come from a page of ours,
   * or the account is none of the demonstration's.
   */
  async execute(sessionToken: string | undefined, form: PersonaForm): Promise<string | undefined> {
    const session = sessionToken === undefined ? undefined : await this.#sessions.recognise(sessionToken);
    if (session?.ok !== true) return undefined;
    const key = keyFor('csrf-token', this.#config.SESSION_SECRET);
    if (!isCsrfToken(key, session.value.hash, form.csrf_token)) return undefined;
    const chosen = await this.#demo.choose(form.account_id);
    if (!chosen.ok) return undefined;
    await this.#sessions.end(session.value);
    return this.#sessions.start(chosen.value, null);
  }
}
