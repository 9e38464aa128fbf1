import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryUsage } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { BarChart } from '../../kit/chart.js';
import { Loaded } from '../../kit/loaded.js';
import { useMeterWord } from '../../kit/plan-terms.js';
import { monthAfter, monthStart } from '../../kit/months.rules.js';

interface DailyChartProps {
  readonly agreementId: string;
  readonly period: string;
  readonly timeZone: string;
  readonly meters: readonly string[];
}

/** One meter of a month by day; which, one chooses. */
export function DailyChart({ agreementId, period, timeZone, meters }: DailyChartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const meterWord = useMeterWord();
  const [chosen, choose] = useState<string | undefined>(undefined);
  const meter = chosen !== undefined && meters.includes(chosen) ? chosen : (meters[0] ?? '');
  const series = useQuery({
    queryKey: ['usage-by-day', agreementId, period, meter],
    queryFn: async ({ signal }) => {
      const query = {
        ...{ agreement_id: agreementId, meter, granularity: 'day' as const, time_zone: timeZone },
        ...{ from: monthStart(period), to: monthStart(monthAfter(period, 1)) },
      };
      return (await queryUsage({ query, signal, throwOnError: true })).data.data;
    },
  });
  const { day, count } = format;
  const bars = useMemo(
    () =>
      (series.data ?? []).map((window) => ({
        name: day(window.window_start),
        value: Number(window.value),
        text: count(window.value),
      })),
    [series.data, day, count],
  );
  return (
    <>
      {meters.length > 1 && (
        <Segmented
          aria-label={t('usage.meter')}
          value={meter}
          options={meters.map((value) => ({ value, label: meterWord(value) }))}
          onChange={choose}
        />
      )}
      <Loaded query={series}>
        {() => (
          <BarChart
            label={t('usage.chartOf', { meter: meterWord(meter), month: format.month(period) })}
            nameTitle={t('usage.day')}
            valueTitle={meterWord(meter)}
            bars={bars}
          />
        )}
      </Loaded>
    </>
  );
}
