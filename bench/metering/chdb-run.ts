import { measureChdb } from './chdb.js';
import { BATCH } from './feed.js';
import { printFigure } from './report.js';

/** Prints what the same events cost in ClickHouse's engine. @param folder where chdb is installed. */
export function runChdb(
  folder: string,
  { rounds, batches }: { readonly rounds: number; readonly batches: number },
): void {
  const chdb = measureChdb(folder, rounds * batches, BATCH);
  const rate = Math.round(chdb.insertedPerSecond).toLocaleString('en');
  const perCpu = Math.round(chdb.insertedPerCpuSecond).toLocaleString('en');
  console.log(
    `\nchDB ${chdb.version}, OpenMeter's table: ${rate} events/s, ${perCpu} a CPU second; hourly totals ${chdb.hourlyMs.toFixed(1)} ms`,
  );
  const conditions = `in process, no HTTP, no dedupe, ${rounds * batches} inserts of ${BATCH} in JSONEachRow`;
  printFigure({ figure: 'chdb_insert', value: Math.round(chdb.insertedPerSecond), unit: 'events/s', conditions });
  printFigure({
    figure: 'chdb_insert_per_cpu_second',
    value: Math.round(chdb.insertedPerCpuSecond),
    unit: 'events/CPU-s',
    conditions,
  });
  printFigure({ figure: 'chdb_hourly_totals', value: Number(chdb.hourlyMs.toFixed(1)), unit: 'ms', conditions });
}
