import type { JWK } from 'jose';
import { signCaller, type CallerIdentity } from '@hetao/runtime';

/** A third of what a signed identity lives, so that it never arrives too late. */
const REUSED_MS = 20_000;
const MOST_KEPT = 5_000;

interface Passport {
  readonly token: Promise<string>;
  readonly madeAt: number;
}

/**
 * The signed identities of those who called a moment ago. A signature costs more than the rest of a small call; the same
 * caller with the same rights is given the same one again. Whether he may call at all is looked up for every request.
 */
export class Passports {
  readonly #privateKey: JWK;
  readonly #kept = new Map<string, Passport>();
  /** The same again, for those the door remembers itself: without spelling them out. */
  readonly #known = new WeakMap<CallerIdentity, Passport>();

  constructor(privateKey: JWK) {
    this.#privateKey = privateKey;
  }

  /** For one request of this caller, now. */
  for(identity: CallerIdentity): Promise<string> {
    const now = performance.now();
    const isGood = (passport: Passport | undefined) => passport !== undefined && now - passport.madeAt < REUSED_MS;
    const met = this.#known.get(identity);
    if (met !== undefined && isGood(met)) return met.token;
    const name = JSON.stringify(identity);
    const known = this.#kept.get(name);
    if (known !== undefined && isGood(known)) {
      this.#known.set(identity, known);
      return known.token;
    }
    const token = signCaller(identity, this.#privateKey);
    this.#kept.delete(name);
    this.#kept.set(name, { token, madeAt: now });
    // A map keeps the order of its making: the first is the oldest.
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return token;
  }
}
