import { Injectable } from '@nestjs/common';
import type { PublicKeyCredentialCreationOptionsJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { err, ok, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import type { Actor } from '../audit/audit.js';
import { passkeyErrors, type PasskeyError } from './passkey.errors.js';
import { goodChallenge, oneMore, type NewPasskey, type Passkey } from './passkey.js';
import { PasskeyRepository } from './passkey.repository.js';
import { RelyingParty, type PasskeyOwner } from './relying-party.codec.js';

/** Somebody signed in. */
export type Person = Actor & { readonly accountId: string };

/** The passkeys of a person: registered, listed, removed. */
@Injectable()
export class Passkeys {
  readonly #uow: UnitOfWork;
  readonly #passkeys: PasskeyRepository;
  readonly #party: RelyingParty;

  constructor(uow: UnitOfWork, passkeys: PasskeyRepository, party: RelyingParty) {
    this.#uow = uow;
    this.#passkeys = passkeys;
    this.#party = party;
  }

  list(accountId: string): Promise<readonly Passkey[]> {
    return this.#passkeys.ofAccount(accountId);
  }

  /** A challenge, with all that a browser needs to make a passkey. */
  async begin(owner: PasskeyOwner): Promise<Result<PublicKeyCredentialCreationOptionsJSON, PasskeyError>> {
    const { elsewhere } = this.#party;
    if (elsewhere !== undefined) {
      const fix = 'Register your passkey there.';
      return err(passkeyErrors.PASSKEY_REFUSED(`People of this exchange sign in at ${elsewhere}.`, { fix }));
    }
    const existing = await this.#passkeys.ofAccount(owner.accountId);
    const may = oneMore(existing.length);
    if (!may.ok) return may;
    const options = await this.#party.creationOptions(owner, existing);
    const { challenge } = options;
    await this.#uow.run((tx) => this.#passkeys.openChallenge(tx, `register:${owner.accountId}`, challenge));
    return ok(options);
  }

  /** Keeps what the device made for the challenge. The challenge is over then, whatever becomes of it. */
  async register(
    person: Person,
    name: string,
    response: RegistrationResponseJSON,
  ): Promise<Result<Passkey, PasskeyError>> {
    const { accountId, organisationId } = person;
    const taken = await this.#uow.run((tx) => this.#passkeys.takeChallenge(tx, `register:${accountId}`));
    const challenge = goodChallenge(taken);
    if (!challenge.ok) return challenge;
    const made = await this.#party.created(response, challenge.value);
    if (made === undefined)
      return err(passkeyErrors.PASSKEY_REFUSED('It does not answer this challenge on a page of this exchange.'));
    return this.#keep(person, { ...made, accountId, organisationId, name });
  }

  remove(person: Person, id: string): Promise<Result<null, PasskeyError>> {
    return this.#uow.runResult(async (tx): Promise<Result<null, PasskeyError>> => {
      const removed = await this.#passkeys.remove(tx, person.accountId, id);
      if (removed === undefined) return err(passkeyErrors.PASSKEY_NOT_FOUND(`${id} is no passkey of yours.`));
      await this.#passkeys.note(tx, person, removed, { action: 'passkey.removed', result: 'done' });
      return ok(null);
    });
  }

  #keep(person: Person, made: NewPasskey): Promise<Result<Passkey, PasskeyError>> {
    return this.#uow.runResult(async (tx): Promise<Result<Passkey, PasskeyError>> => {
      const may = oneMore(await this.#passkeys.count(tx, made.accountId));
      if (!may.ok) return may;
      const passkey = await this.#passkeys.insert(tx, made);
      if (passkey === undefined) return err(passkeyErrors.PASSKEY_KNOWN('A device brings each of its keys once.'));
      await this.#passkeys.note(tx, person, passkey, { action: 'passkey.registered', result: 'done' });
      return ok(passkey);
    });
  }
}
