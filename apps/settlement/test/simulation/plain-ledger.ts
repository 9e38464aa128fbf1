import { holdErrors } from '../../src/holds/hold.errors.js';
import { checkReservation, checkVoid, postingOfHold, type Hold } from '../../src/holds/hold.js';
import {
  breaksLimit,
  checkPosting,
  postingPayload,
  signedMinor,
  type AccountKey,
  type Posting,
} from '../../src/ledger/ledger.js';
import type { Act } from './acts.js';

interface Head {
  readonly account: AccountKey;
  balance: bigint;
  version: number;
  heldDebit: bigint;
  heldCredit: bigint;
}

/** The ledger in maps, one posting after the other: what the real one must agree with. */
export class PlainLedger {
  #heads = new Map<string, Head>();
  #payloads = new Map<string, string>();
  #holds = new Map<string, Hold>();
  #closed = new Set<string>();
  #now = new Date(0);
  readonly postings: Posting[] = [];

  /** @returns 'ok', or the code of the refusal; a refused act has changed nothing. */
  perform(act: Act): string {
    switch (act.kind) {
      case 'clock':
        this.#now = act.at;
        return 'ok';
      case 'close':
        this.#closed.add(act.period);
        return 'ok';
      case 'post':
        return this.#atomic(() => this.#post(act.postings));
      case 'reserve':
        return this.#atomic(() => this.#reserve(act));
      case 'use':
        return this.#atomic(() => this.#use(act));
      case 'void':
        return this.#atomic(() => this.#void(act.key));
      case 'expire':
        for (const hold of this.#holds.values()) {
          if (hold.state === 'reserved' && hold.expiresAt <= this.#now) this.#resolve(hold, 'expired');
        }
        return 'ok';
    }
  }

  get balances(): readonly (readonly [AccountKey, bigint])[] {
    return [...this.#heads.values()].map(({ account, balance }) => [account, balance] as const);
  }

  /** Account, balance, version and reserves, in the form in which the real ledger is read. */
  get heads(): ReadonlyMap<string, string> {
    return new Map(
      [...this.#heads].map(([name, { balance, version, heldDebit, heldCredit }]) => [
        name,
        `${balance} v${version} held ${heldDebit}/${heldCredit}`,
      ]),
    );
  }

  #post(postings: readonly Posting[]): string {
    const batch = new Map<string, string>();
    for (const posting of postings) {
      const payload = postingPayload(posting);
      if ((batch.get(posting.idempotencyKey) ?? payload) !== payload) return 'POSTING_KEY_REUSED';
      batch.set(posting.idempotencyKey, payload);
    }
    for (const posting of postings) {
      const checked = checkPosting(posting);
      if (!checked.ok) return checked.error.code;
    }
    for (const [key, payload] of batch) {
      if ((this.#payloads.get(key) ?? payload) !== payload) return 'POSTING_KEY_REUSED';
    }
    const fresh = postings.filter(
      ({ idempotencyKey: key }, index) =>
        !this.#payloads.has(key) && postings.findIndex(({ idempotencyKey }) => idempotencyKey === key) === index,
    );
    if (fresh.some(({ period }) => period !== null && this.#closed.has(period))) return 'LEDGER_PERIOD_CLOSED';
    if (fresh.some(({ effectiveAt }) => this.#closed.has(effectiveAt.toISOString().slice(0, 7)))) {
      return 'LEDGER_PERIOD_CLOSED';
    }
    for (const posting of fresh) {
      for (const leg of posting.legs) {
        const head = this.#head(leg.account);
        const amount = signedMinor(leg);
        head.balance += amount;
        head.version += 1;
        if (amount > 0n ? this.#tooHigh(head) : this.#tooLow(head)) return 'LEDGER_LIMIT_REACHED';
      }
      this.#payloads.set(posting.idempotencyKey, postingPayload(posting));
      this.postings.push(posting);
    }
    return 'ok';
  }

  #reserve({ reservation }: Extract<Act, { kind: 'reserve' }>): string {
    const checked = checkReservation(reservation, this.#now);
    if (!checked.ok) return checked.error.code;
    const key = reservation.idempotencyKey;
    const known = this.#holds.get(key);
    if (known !== undefined) return postingPayload(known) === postingPayload(reservation) ? 'ok' : 'POSTING_KEY_REUSED';
    for (const leg of reservation.legs) {
      const head = this.#head(leg.account);
      if (leg.side === 'debit') head.heldDebit += leg.amountMinor;
      else head.heldCredit += leg.amountMinor;
      if (leg.side === 'debit' ? this.#tooHigh(head) : this.#tooLow(head)) return 'LEDGER_LIMIT_REACHED';
    }
    this.#holds.set(key, { ...reservation, holdId: key, state: 'reserved', postedAs: null });
    return 'ok';
  }

  #use({ key, legs }: Extract<Act, { kind: 'use' }>): string {
    const hold = this.#holds.get(key);
    if (hold === undefined) return holdErrors.HOLD_NOT_FOUND('').code;
    const posting = postingOfHold(hold, { ...(legs && { legs }) }, this.#now);
    if (!posting.ok) return posting.error.code;
    if (hold.state === 'reserved') this.#resolve(hold, 'posted');
    return this.#post([posting.value]);
  }

  #void(key: string): string {
    const hold = this.#holds.get(key);
    if (hold === undefined) return holdErrors.HOLD_NOT_FOUND('').code;
    const checked = checkVoid(hold);
    if (!checked.ok) return checked.error.code;
    if (hold.state === 'reserved') this.#resolve(hold, 'voided');
    return 'ok';
  }

  #resolve(hold: Hold, state: 'posted' | 'voided' | 'expired'): void {
    for (const { account, side, amountMinor } of hold.legs) {
      if (side === 'debit') this.#head(account).heldDebit -= amountMinor;
      else this.#head(account).heldCredit -= amountMinor;
    }
    this.#holds.set(hold.idempotencyKey, { ...hold, state });
  }

  #head(account: AccountKey): Head {
    const name = `${account.owner} ${account.kind} ${account.currency}`;
    const known = this.#heads.get(name);
    if (known !== undefined) return known;
    const head = { account, balance: 0n, version: 0, heldDebit: 0n, heldCredit: 0n };
    this.#heads.set(name, head);
    return head;
  }

  #tooHigh({ account, balance, heldDebit }: Head): boolean {
    return balance + heldDebit > 0n && breaksLimit(account.kind, 1n);
  }

  #tooLow({ account, balance, heldCredit }: Head): boolean {
    return balance - heldCredit < 0n && breaksLimit(account.kind, -1n);
  }

  /** Copying everything is slow and cannot be wrong. */
  #atomic(work: () => string): string {
    const heads = new Map([...this.#heads].map(([name, head]) => [name, { ...head }]));
    const [payloads, holds, posted] = [new Map(this.#payloads), new Map(this.#holds), this.postings.length];
    const outcome = work();
    if (outcome !== 'ok') {
      [this.#heads, this.#payloads, this.#holds] = [heads, payloads, holds];
      this.postings.length = posted;
    }
    return outcome;
  }
}
