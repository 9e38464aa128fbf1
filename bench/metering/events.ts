/** Makes usage like that of an access log: a call and its bytes, a few thousand events an hour, ids that count up. */
export class UsageStream {
  #count = 0;

  constructor(
    private readonly agreementId: string,
    private readonly startMs: number,
  ) {}

  /** The next `size` new events, of which so many of a hundred happened up to three weeks earlier. */
  next(size: number, latePercent = 0): readonly UsageRow[] {
    return Array.from({ length: size }, (_, at) => {
      this.#count += 1;
      const isLate = at % 100 < latePercent;
      const timeMs = this.startMs + this.#count * 20 - (isLate ? ((this.#count * 7919) % 504) * 3_600_000 : 0);
      const number = String(this.#count).padStart(9, '0');
      return {
        id: `log-${number}-5f1d8c0e9a7b6342`,
        time: new Date(timeMs).toISOString(),
        data: {
          caller: `83.149.${this.#count % 200}.${this.#count % 251}`,
          meters: { bytes: String((this.#count * 7919) % 250_000), calls: '1' },
          path: '/presentations/logstash-monitorama-2013/images/kibana-search.png',
          status: 200,
        },
      };
    });
  }

  /** A batch as it goes over HTTP. */
  body(rows: readonly UsageRow[]): Uint8Array {
    return Buffer.from(`[${rows.map((row) => this.event(row)).join(',')}]`);
  }

  /** One event as it goes over HTTP. */
  event({ id, time, data }: UsageRow): string {
    const context = { specversion: '1.0', id, source: '/bench/access-log', type: 'hetao.usage.recorded' };
    return JSON.stringify({ ...context, subject: this.agreementId, time, data });
  }

  /** The same rows in COPY's text format, with the columns that metering stores. */
  copyLines(rows: readonly UsageRow[]): string {
    return rows.map(({ id, time, data }) => `1\t${time}\t1\t1\t${id}\t${JSON.stringify(data)}\n`).join('');
  }
}

export interface UsageRow {
  readonly id: string;
  readonly time: string;
  readonly data: Readonly<Record<string, unknown>>;
}
