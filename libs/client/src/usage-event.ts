/** What was used, as a merchant's system knows it. */
export interface Usage {
  /** The licence it was used under. */
  readonly agreementId: string;
  /** Quantity of each meter: a decimal text, or a whole number. */
  readonly meters: Readonly<Record<string, string | number>>;
  /** When; now by default. */
  readonly time?: Date;
  /** Unique within the source: the same id again is counted once. A random one by default. */
  readonly id?: string;
  /** Whatever else helps to explain the charge: path, caller, status. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** A CloudEvent 1.0 of the type that the exchange counts. */
export interface UsageEvent {
  readonly specversion: '1.0';
  readonly type: 'hetao.usage.recorded';
  readonly id: string;
  readonly source: string;
  readonly subject: string;
  readonly time: string;
  readonly data: { readonly meters: Record<string, string | number>; readonly [detail: string]: unknown };
}

/** @param source URI reference of the system that measured, as in `/crawlers/7` */
export function usageEvent(usage: Usage, source: string): UsageEvent {
  return {
    specversion: '1.0',
    type: 'hetao.usage.recorded',
    id: usage.id ?? crypto.randomUUID(),
    source,
    subject: usage.agreementId,
    time: (usage.time ?? new Date()).toISOString(),
    data: { ...usage.details, meters: { ...usage.meters } },
  };
}
