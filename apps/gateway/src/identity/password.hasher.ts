import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { DomainException } from '@hetao/kernel';
import { identityErrors } from './identity.errors.js';

/** argon2id by the library's default; cost as OWASP's Password Storage Cheat Sheet asks: 19 MiB, two passes. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Each one takes 19 MiB and a thread of the pool, which file access and DNS share. */
const MAX_AT_ONCE = 2;
const MAX_WAITING = 64;

/** A hash of nothing anybody types: compared with when there is no account, so that both answers take equally long. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$Dlaafn6gYfN2dSTt1HNY2A$4D5adXG+PGVonKXLbGLfEVQrkRqWtUVmrDfoFg+LDvk';

/** Hashes and checks passwords, never more at once than the machine bears. */
@Injectable()
export class PasswordHasher {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  /** The password as a PHC string with its own salt. */
  hash(password: string): Promise<string> {
    return this.#inTurn(() => hash(password, COST));
  }

  /** Whether the password fits; takes as long when there is no hash to compare with. */
  async matches(password: string, passwordHash: string | null | undefined): Promise<boolean> {
    const fits = await this.#inTurn(() => verify(passwordHash ?? NOBODY, password));
    return fits && typeof passwordHash === 'string';
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= MAX_AT_ONCE) {
      if (this.#waiting.length >= MAX_WAITING) {
        throw new DomainException(identityErrors.SIGN_IN_THROTTLED('Too many people are signing in at this moment.'));
      }
      // The one who finishes hands its place on, so that `running` never falls in between.
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#running += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
