import { printFigure } from './report.js';
import type { Contest } from './contest.js';

/** How long hourly totals take to read, over how much usage. */
interface HourlyFigures {
  readonly events: number;
  readonly rollupRows: number;
  readonly fillSeconds: number;
  /** Median of a month of one agreement over HTTP, and of a day of all agreements in SQL. */
  readonly monthMs: number;
  readonly dayOfAllMs: number;
}

const AGREEMENTS = 400;
const DAYS = 90;
const QUARTERS_A_DAY = 96;
const READINGS = 21;

/**
 * Fills the rollups as the counting of so many events would have left them (the raw events themselves are never read for
 * an hourly total, and are not made), then reads.
 */
async function measureHourly({ client, world }: Contest, events: number): Promise<HourlyFigures> {
  const rows = AGREEMENTS * DAYS * QUARTERS_A_DAY;
  const each = Math.ceil(events / rows);
  const startedAt = performance.now();
  await client.query(
    `INSERT INTO usage_totals (agreement_id, window_start, meter, quantity, events)
     SELECT CASE a WHEN 1 THEN $1 ELSE 'agr_filled_' || a END, timestamptz '2026-05-01Z' + q * interval '15 minutes',
            'calls', $2::int, $2::int
       FROM generate_series(0, $3::int - 1) AS q, generate_series(1, $4::int) AS a`,
    [world.agreementIds[3], each, DAYS * QUARTERS_A_DAY, AGREEMENTS],
  );
  await client.query('VACUUM ANALYZE usage_totals');
  const fillSeconds = (performance.now() - startedAt) / 1000;
  const path = `/v1/usage/windows?agreement_id=${world.agreementIds[3]}&from=2026-06-01T00:00:00Z&to=2026-06-05T00:00:00Z&limit=100`;
  const headers = await world.headers(3);
  const monthMs = await medianMs(async () => {
    const answer = await fetch(`${world.url}${path}`, { headers });
    const { data } = (await answer.json()) as { data: unknown[] };
    if (data.length < 90) throw new Error(`Only ${data.length} hours were answered.`);
  });
  const dayOfAllMs = await medianMs(async () => {
    const { rows: hours } = await client.query(
      `SELECT date_trunc('hour', window_start) AS hour, meter, sum(quantity), sum(events) FROM usage_totals
        WHERE window_start >= '2026-06-10Z' AND window_start < '2026-06-11Z' GROUP BY 1, 2 ORDER BY 1, 2`,
    );
    if (hours.length !== 24) throw new Error(`Only ${hours.length} hours were found.`);
  });
  return { events: each * rows, rollupRows: rows, fillSeconds, monthMs, dayOfAllMs };
}

async function medianMs(work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let reading = 0; reading < READINGS; reading += 1) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return times.sort((a, b) => a - b)[Math.floor(READINGS / 2)] ?? 0;
}

/** Measures and prints. */
export async function printHourly(contest: Contest, wanted: number): Promise<void> {
  const found = await measureHourly(contest, wanted);
  const events = found.events.toLocaleString('en');
  console.log(
    `\nHourly totals over ${events} events: ${found.monthMs.toFixed(1)} ms over HTTP (96 hours of one agreement), ` +
      `${found.dayOfAllMs.toFixed(1)} ms in SQL (a day of 400 agreements)`,
  );
  const conditions = `${events} events in ${found.rollupRows.toLocaleString('en')} rollup rows, filled by generate_series`;
  const of = { unit: 'ms', target: 100, conditions };
  printFigure({ figure: 'hourly_totals', value: Number(found.monthMs.toFixed(1)), ...of });
  printFigure({ figure: 'hourly_totals_of_all', value: Number(found.dayOfAllMs.toFixed(1)), ...of });
}
