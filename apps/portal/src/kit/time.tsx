import { EXCHANGE_ZONE } from '../i18n/format.js';
import { useFormat } from '../i18n/use-format.js';

/** An instant in the exchange's zone, which is told on hover; `near` adds how far it is. */
export function Time({
  at,
  day = false,
  near = false,
}: {
  readonly at: string | null | undefined;
  readonly day?: boolean;
  readonly near?: boolean;
}) {
  const format = useFormat();
  if (at === null || at === undefined) return <span className="muted">–</span>;
  return (
    <time dateTime={at} title={`${format.time(at)} (${EXCHANGE_ZONE})`}>
      {near ? format.distance(at) : day ? format.day(at) : format.time(at)}
    </time>
  );
}
