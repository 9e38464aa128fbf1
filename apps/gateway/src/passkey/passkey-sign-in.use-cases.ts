import { Injectable } from '@nestjs/common';
import type { AuthenticationResponseJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { err, ok, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import type { Actor } from '../audit/audit.js';
import type { ProvingPlace } from '../oidc/prove-identity.use-cases.js';
import { passkeyErrors, type PasskeyError } from './passkey.errors.js';
import { countsOn, goodChallenge, type Passkey } from './passkey.js';
import { PasskeyRepository } from './passkey.repository.js';
import { RelyingParty } from './relying-party.codec.js';

/** Says who somebody is by a passkey alone, without a name: the device names the account, and signs that it is its owner. */
@Injectable()
export class PasskeySignIn {
  readonly #uow: UnitOfWork;
  readonly #passkeys: PasskeyRepository;
  readonly #party: RelyingParty;

  constructor(uow: UnitOfWork, passkeys: PasskeyRepository, party: RelyingParty) {
    this.#uow = uow;
    this.#passkeys = passkeys;
    this.#party = party;
  }

  /** A challenge for the sign-in that the provider waits for. */
  async begin(uid: string): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const options = await this.#party.requestOptions();
    await this.#uow.run((tx) => this.#passkeys.openChallenge(tx, `sign-in:${uid}`, options.challenge));
    return options;
  }

  /** The account whose passkey answers the challenge of this sign-in. The challenge is over then, whatever this says. */
  async finish(response: AuthenticationResponseJSON, place: ProvingPlace): Promise<Result<string, PasskeyError>> {
    const taken = await this.#uow.run((tx) => this.#passkeys.takeChallenge(tx, `sign-in:${place.uid}`));
    const challenge = goodChallenge(taken);
    if (!challenge.ok) return challenge;
    // Not runResult: a refusal is written down, and stays.
    return this.#uow.run((tx) => this.#judge(tx, response, challenge.value, place));
  }

  async #judge(
    tx: Tx,
    response: AuthenticationResponseJSON,
    challenge: string,
    place: ProvingPlace,
  ): Promise<Result<string, PasskeyError>> {
    const passkey = await this.#passkeys.lock(tx, response.id);
    if (passkey === undefined) return err(passkeyErrors.PASSKEY_REFUSED('Nobody has registered it here.'));
    const actor = actorOf(passkey, place);
    const signed = isOf(passkey, response) ? await this.#party.asserted(response, challenge, passkey) : undefined;
    const fault =
      signed === undefined
        ? 'It does not answer this challenge on a page of this exchange.'
        : !countsOn(passkey, signed.counter) &&
          'Its counter went back, so there may be two of it. Remove it, and make a new one.';
    if (signed === undefined || fault) {
      await this.#passkeys.note(tx, actor, passkey, { action: 'passkey.used', result: 'refused' });
      return err(passkeyErrors.PASSKEY_REFUSED(fault || ''));
    }
    await this.#passkeys.use(tx, passkey, signed);
    await this.#passkeys.note(tx, actor, passkey, { action: 'passkey.used', result: 'done' });
    return ok(passkey.accountId);
  }
}

/** Whether the device means the account the passkey was registered for (WebAuthn 7.2, step 6). */
function isOf({ accountId }: Passkey, { response }: AuthenticationResponseJSON): boolean {
  return Buffer.from(response.userHandle ?? '', 'base64url').toString() === accountId;
}

function actorOf({ accountId, organisationId }: Passkey, { requestId, address }: ProvingPlace): Actor {
  return { subject: accountId, accountId, organisationId, via: 'sign-in', requestId, address };
}
