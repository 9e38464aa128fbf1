import { Injectable } from '@nestjs/common';
import { err, ok, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import type { Actor } from '../audit/audit.js';
import { identityErrors, type IdentityError } from '../identity/identity.errors.js';
import { SignInFailureRepository, type Throttled } from '../identity/sign-in-failure.repository.js';
import { perAddress, perEmail } from '../identity/sign-in-throttle.js';
import { OidcProvider } from '../oidc/oidc.provider.js';
import { deviceLoginErrors, type DeviceLoginError } from './device-login.errors.js';
import { normaliseUserCode, stillOpen, type DeviceDecision, type DeviceRequest } from './device-login.js';
import { DeviceLoginRepository } from './device-login.repository.js';

/** Whoever types the code, signed in. */
export type Approver = Actor & { readonly accountId: string };

/** Lets a programme in by the code it shows, or turns it away. */
@Injectable()
export class DeviceLogins {
  readonly #uow: UnitOfWork;
  readonly #requests: DeviceLoginRepository;
  readonly #failures: SignInFailureRepository;
  readonly #oidc: OidcProvider;

  constructor(uow: UnitOfWork, requests: DeviceLoginRepository, failures: SignInFailureRepository, oidc: OidcProvider) {
    this.#uow = uow;
    this.#requests = requests;
    this.#failures = failures;
    this.#oidc = oidc;
  }

  /** What waits with this code. Wrong ones are counted by person and place, as passwords are. */
  async find(typed: string, approver: Approver): Promise<Result<DeviceRequest, DeviceLoginError | IdentityError>> {
    const throttled: readonly Throttled[] = [
      { kind: 'device', value: approver.accountId, limits: perEmail },
      { kind: 'address', value: approver.address ?? '', limits: perAddress },
    ];
    const wait = await this.#uow.run((tx) => this.#failures.count(tx, throttled));
    if (wait > 0) {
      const seconds = Math.ceil(wait / 1000);
      const meta = { retry_after_seconds: seconds };
      return err(identityErrors.SIGN_IN_THROTTLED(`Try again in ${seconds} s.`, { meta }));
    }
    const request = await this.#requests.find(normaliseUserCode(typed));
    // A code that is over was right once: nobody came to it by guessing alone.
    if (request !== undefined) await this.#uow.run((tx) => this.#failures.forgive(tx, throttled));
    return stillOpen(request);
  }

  /** Answers a request that waits; the programme hears of it when it asks next. */
  async decide(
    request: DeviceRequest,
    decision: DeviceDecision,
    approver: Approver,
  ): Promise<Result<null, DeviceLoginError>> {
    const answer = await this.#answer(request, decision, approver);
    return this.#uow.runResult(async (tx): Promise<Result<null, DeviceLoginError>> => {
      if (!(await this.#requests.answer(tx, request, answer)))
        return err(deviceLoginErrors.DEVICE_CODE_USED('Somebody was faster, or it has just expired.'));
      await this.#requests.note(tx, approver, request, decision);
      return ok(null);
    });
  }

  /** The answer in the words of the provider's own record of a device code. */
  async #answer(
    { clientId, scopes }: DeviceRequest,
    decision: DeviceDecision,
    { accountId }: Approver,
  ): Promise<Readonly<Record<string, string>>> {
    if (decision === 'refuse') return { error: 'access_denied', errorDescription: 'It was turned away.' };
    const scope = scopes.join(' ');
    const { Grant } = await this.#oidc.provider();
    const grant = new Grant({ clientId, accountId });
    grant.addOIDCScope(scope);
    return { accountId, scope, grantId: await grant.save() };
  }
}
