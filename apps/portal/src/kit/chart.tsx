import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useDark } from '../app/colour-scheme.js';
import { Rows } from './data-list.js';
import type { Bar, ChartKind } from './draw-bars.js';

interface BarChartProps {
  readonly label: string;
  readonly nameTitle: string;
  readonly valueTitle: string;
  readonly bars: readonly Bar[];
  readonly kind?: ChartKind;
}

/** Figures over time, as bars or as a line, drawn when they are seen first, with the same figures as a table beneath. */
export function BarChart({ label, nameTitle, valueTitle, bars, kind = 'bar' }: BarChartProps) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const dark = useDark();
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    let gone = false;
    let dispose = () => {};
    // The library weighs as much as all else together: nobody pays for it who sees no chart.
    void import('./draw-bars.js').then(({ drawBars }) => {
      if (!gone) dispose = drawBars(element, { kind, bars, dark });
    });
    return () => {
      gone = true;
      dispose();
    };
  }, [bars, kind, dark]);
  return (
    <>
      <div ref={place} className="chart" role="img" aria-label={label} />
      <details>
        <summary>{t('kit.asTable')}</summary>
        <Rows
          label={label}
          rows={bars}
          rowKey={(bar) => bar.name}
          columns={[
            { key: 'name', title: nameTitle, cell: (bar) => bar.name },
            { key: 'value', title: valueTitle, cell: (bar) => bar.text, figure: true },
          ]}
        />
      </details>
    </>
  );
}
