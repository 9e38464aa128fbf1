import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import type { Actor } from '../audit/audit.js';
import { secondFactorErrors, type SecondFactorError } from './second-factor.errors.js';
import { SecondFactorRepository } from './second-factor.repository.js';
import { hashOfRecoveryCode, newRecoveryCodes, newTotpSecret, stepOf, totpUri } from './totp.codec.js';

type Answer<T> = Promise<Result<T, SecondFactorError>>;

/** The authenticator of a person: enrolled, asked for at every sign-in, taken away. */
@Injectable()
export class SecondFactors {
  readonly #uow: UnitOfWork;
  readonly #factors: SecondFactorRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, factors: SecondFactorRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#factors = factors;
    this.#clock = clock;
  }

  standing(accountId: string): ReturnType<SecondFactorRepository['standing']> {
    return this.#factors.standing(accountId);
  }

  /** A secret for an authenticator; nothing is asked for before {@link confirm}. */
  enrol(accountId: string, email: string): Answer<{ readonly secret: string; readonly uri: string }> {
    return this.#uow.runResult(async (tx): Answer<{ secret: string; uri: string }> => {
      const known = await this.#factors.lock(tx, accountId);
      if (known !== undefined && known.confirmedAt !== null)
        return err(secondFactorErrors.SECOND_FACTOR_ON(`Since ${known.confirmedAt.toISOString()}.`));
      const secret = newTotpSecret();
      await this.#factors.begin(tx, accountId, secret, this.#clock.now());
      return ok({ secret, uri: totpUri(secret, email) });
    });
  }

  /** A right code proves that the authenticator has the secret; the recovery codes are shown this once. */
  confirm(actor: Actor & { readonly accountId: string }, code: string): Answer<readonly string[]> {
    const { accountId } = actor;
    return this.#uow.runResult(async (tx): Answer<readonly string[]> => {
      const factor = await this.#factors.lock(tx, accountId);
      if (factor === undefined) return err(secondFactorErrors.SECOND_FACTOR_OFF('None was begun.'));
      if (factor.confirmedAt !== null) return err(secondFactorErrors.SECOND_FACTOR_ON('It is confirmed.'));
      const now = this.#clock.now();
      const step = stepOf(factor.secret, code, now);
      if (step === undefined) return err(wrong());
      await this.#factors.take(tx, accountId, step);
      const codes = newRecoveryCodes();
      await this.#factors.confirm(tx, accountId, codes.map(hashOfRecoveryCode), now);
      await this.#factors.note(tx, actor, 'second_factor.enrolled');
      return ok(codes);
    });
  }

  remove(actor: Actor & { readonly accountId: string }, code: string): Answer<null> {
    return this.#uow.runResult(async (tx): Answer<null> => {
      const taken = await this.#take(tx, actor, code);
      if (!taken.ok) return taken;
      await this.#factors.remove(tx, actor.accountId);
      await this.#factors.note(tx, actor, 'second_factor.removed');
      return ok(null);
    });
  }

  /** Takes a code of the authenticator or a recovery code, each once. */
  verify(actor: Actor & { readonly accountId: string }, code: string): Answer<null> {
    return this.#uow.runResult((tx) => this.#take(tx, actor, code));
  }

  async #take(tx: Tx, actor: Actor & { readonly accountId: string }, code: string): Answer<null> {
    const { accountId } = actor;
    const factor = await this.#factors.lock(tx, accountId);
    if (factor === undefined || factor.confirmedAt === null)
      return err(secondFactorErrors.SECOND_FACTOR_OFF('None is confirmed.'));
    const now = this.#clock.now();
    const step = /^[0-9]{6}$/.test(code) ? stepOf(factor.secret, code, now) : undefined;
    if (step !== undefined && step > factor.lastStep) {
      await this.#factors.take(tx, accountId, step);
      return ok(null);
    }
    if (!(await this.#factors.takeRecoveryCode(tx, accountId, hashOfRecoveryCode(code), now))) return err(wrong());
    await this.#factors.note(tx, actor, 'recovery_code.used');
    return ok(null);
  }
}

function wrong(): SecondFactorError {
  return secondFactorErrors.SECOND_FACTOR_CODE_WRONG('It is neither the code of now nor an unused recovery code.');
}
