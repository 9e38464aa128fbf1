import { Decimal } from '@hetao/kernel';

/** How much of one meter an agreement may use in all, and how much it has used. */
export interface Quota {
  readonly agreementId: string;
  readonly meter: string;
  readonly limit: Decimal;
  readonly used: Decimal;
  /** Whether the end of the quota was announced. */
  readonly isExhausted: boolean;
  /** Set where it is no quota of the agreement, but a budget that its buyer set. */
  readonly budgetId?: string;
}

/** What one event takes. */
export interface Use {
  readonly agreementId: string;
  readonly quantities: readonly { readonly meter: string; readonly quantity: Decimal }[];
}

/**
 * The quotas touched by one batch, while its events take from them one after the other. The rows are locked by whoever
 * loaded them, so what this says is still true at commit.
 */
export class QuotaBook {
  readonly #quotas = new Map<string, Quota>();
  readonly #loaded: ReadonlyMap<string, Quota>;

  constructor(quotas: Iterable<Quota>) {
    for (const quota of quotas) this.#quotas.set(keyOf(quota.agreementId, quota.meter), quota);
    this.#loaded = new Map(this.#quotas);
  }

  /**
   * Takes what the event uses from every quota it touches, or nothing at all. A use that reaches the limit exactly is
   * allowed; one that would pass it is not, and a later smaller one may still fit.
   *
   * @returns the quota that is too small, or undefined when the use was taken.
   */
  take(use: Use): Quota | undefined {
    const touched = this.#touched(use);
    const short = touched.find(({ quota, quantity }) => quota.used.plus(quantity).compare(quota.limit) > 0);
    if (short) {
      this.#put({ ...short.quota, isExhausted: true });
      return short.quota;
    }
    for (const { quota, quantity } of touched) {
      const used = quota.used.plus(quantity);
      this.#put({ ...quota, used, isExhausted: quota.isExhausted || used.equals(quota.limit) });
    }
    return undefined;
  }

  /** The quotas that must be written back. */
  changed(): readonly Quota[] {
    return [...this.#quotas].filter(([key, quota]) => this.#loaded.get(key) !== quota).map(([, quota]) => quota);
  }

  /** The quotas whose end has to be announced: reached, or first refused, in this batch. */
  newlyExhausted(): readonly Quota[] {
    return this.changed().filter(
      (quota) => quota.isExhausted && !this.#loaded.get(keyOf(quota.agreementId, quota.meter))?.isExhausted,
    );
  }

  #touched(use: Use): { quota: Quota; quantity: Decimal }[] {
    const touched = [];
    for (const { meter, quantity } of use.quantities) {
      const quota = this.#quotas.get(keyOf(use.agreementId, meter));
      if (quota && !quantity.isZero()) touched.push({ quota, quantity });
    }
    return touched;
  }

  #put(quota: Quota): void {
    this.#quotas.set(keyOf(quota.agreementId, quota.meter), quota);
  }
}

function keyOf(agreementId: string, meter: string): string {
  return `${agreementId} ${meter}`;
}
