/** What a process says of itself at /metrics: each line's value by its name with labels, as it stands there. */
export type Readings = ReadonlyMap<string, number>;

const WITHIN_MS = 10_000;

/** Reads /metrics of a service, which is open to the inside alone. */
export async function readMetrics(url: string): Promise<Readings> {
  const answer = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(WITHIN_MS) });
  if (!answer.ok) throw new Error(`${url}/metrics was answered ${answer.status}.`);
  return readingsIn(await answer.text());
}

/** Parses Prometheus' text form. */
export function readingsIn(text: string): Readings {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))] as const;
    }),
  );
}

/** The sum of all lines of this name, whatever their labels. */
export function sumOf(readings: Readings, name: string): number {
  let sum = 0;
  for (const [line, value] of readings) if (line === name || line.startsWith(`${name}{`)) sum += value;
  return sum;
}
