import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { readSigningJwk, verifyKeyProof } from '@hetao/proofs';
import { CLOCK, type CallerIdentity } from '@hetao/runtime';
import { signingKeyErrors } from './signing-key.errors.js';
import { MAX_KEYS, SigningKeyRepository } from './signing-key.repository.js';
import {
  confirmKey,
  proposeKey,
  proveKeyHeld,
  revokeKey,
  type SigningKey,
  type SigningKeyOutcome,
} from './signing-key.js';

/** How long a challenge can be answered. */
const PROVE_MS = 3_600_000;

type Answer = Promise<Result<SigningKey, DomainError>>;

/** Proposes a key for the caller's own organisation and gives the challenge to sign with it. */
@Injectable()
export class ProposeSigningKey {
  readonly #uow: UnitOfWork;
  readonly #keys: SigningKeyRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, keys: SigningKeyRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#keys = keys;
    this.#clock = clock;
  }

  async execute(
    input: { readonly jwk: unknown; readonly label: string; readonly validUntil: Date },
    by: CallerIdentity,
  ): Answer {
    if (by.via !== 'session') return err(signingKeyErrors.SIGNING_KEY_PERSON_NEEDED('An API key proposed a key.'));
    const jwk = await readSigningJwk(input.jwk);
    if (!jwk.ok) return err({ ...jwk.error, pointer: '/jwk' });
    return this.#uow.runResult<SigningKey, DomainError>(async (tx) => {
      const nonce = randomBytes(32).toString('base64url');
      const at = this.#clock.now();
      const proveBy = new Date(at.getTime() + PROVE_MS);
      const proposed = proposeKey({ ...input, jwk: jwk.value, id: newId('sky'), nonce, proveBy }, by, at);
      if (!proposed.ok) return proposed;
      if (!(await this.#keys.hasRoom(tx, by.organisationId))) {
        return err(signingKeyErrors.SIGNING_KEYS_TOO_MANY(`${by.organisationId} has ${MAX_KEYS} keys.`));
      }
      if (await this.#keys.isTaken(tx, proposed.value.key)) return taken(proposed.value.key);
      await this.#keys.insert(tx, proposed.value);
      return ok(proposed.value.key);
    });
  }
}

/** What is done to a key that was proposed. */
export type KeyOrder =
  | { readonly command: 'prove'; readonly proof: string }
  | { readonly command: 'confirm' }
  | { readonly command: 'revoke'; readonly reason: string };

/** Proves, confirms or revokes a key: the organisation its own, an operator confirms and revokes any. */
@Injectable()
export class ConductSigningKey {
  readonly #uow: UnitOfWork;
  readonly #keys: SigningKeyRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, keys: SigningKeyRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#keys = keys;
    this.#clock = clock;
  }

  execute(id: string, order: KeyOrder, by: CallerIdentity): Answer {
    return this.#uow.runResult<SigningKey, DomainError>(async (tx) => {
      const key = await this.#keys.load(tx, id);
      const may =
        by.organisationId === key?.organisationId || (by.personas.includes('operator') && order.command !== 'prove');
      if (key === null || !may) return err(signingKeyErrors.SIGNING_KEY_UNKNOWN(`Your organisation has no key ${id}.`));
      const done = await this.#do(tx, key, order, by);
      if (!done.ok) return done;
      await this.#keys.update(tx, done.value);
      return ok(done.value.key);
    });
  }

  async #do(
    tx: Tx,
    key: SigningKey,
    order: KeyOrder,
    by: CallerIdentity,
  ): Promise<Result<SigningKeyOutcome, DomainError>> {
    const at = this.#clock.now();
    switch (order.command) {
      case 'prove': {
        const proof = await verifyKeyProof(order.proof, key.challenge, key.jwk);
        if (!proof.ok) return err({ ...proof.error, pointer: '/proof' });
        return (await this.#keys.isTaken(tx, key)) ? taken(key) : proveKeyHeld(key, by, at);
      }
      case 'confirm':
        if (by.via !== 'session') return err(signingKeyErrors.SIGNING_KEY_PERSON_NEEDED('An API key confirmed a key.'));
        return confirmKey(key, by, at);
      case 'revoke':
        return revokeKey(key, by, { at, reason: order.reason });
    }
  }
}

function taken({ kid }: SigningKey): Result<never, DomainError> {
  return err(signingKeyErrors.SIGNING_KEY_TAKEN(`The key ${kid} is registered.`, { pointer: '/jwk' }));
}
