import type { LocalizedText } from '@hetao/kernel';

/** One series of a bar chart: a value for every category. */
export interface ChartSeries {
  readonly name: string;
  readonly values: readonly number[];
}
/** A bar chart, as data. */
export interface BarChart {
  readonly title: string;
  readonly unit: string;
  readonly categories: readonly string[];
  readonly series: readonly ChartSeries[];
  readonly stacked: boolean;
}
type Language = keyof LocalizedText;
type Texts = Readonly<Record<'volumes' | 'places' | 'clear' | 'declarations' | 'days', LocalizedText>>;

const texts: Texts = {
  volumes: {
    en: 'Declarations by month and pathway',
    'zh-Hans': '按月份与路径统计的申报',
    'zh-Hant': '按月份與路徑統計的申報',
  },
  places: {
    en: 'Declarations by destination and pathway',
    'zh-Hans': '按目的地与路径统计的申报',
    'zh-Hant': '按目的地與路徑統計的申報',
  },
  clear: {
    en: 'Time from being handed in to release',
    'zh-Hans': '自提交至放行所需时间',
    'zh-Hant': '由提交至放行所需時間',
  },
  declarations: { en: 'declarations', 'zh-Hans': '申报数', 'zh-Hant': '申報數' },
  days: { en: 'days', 'zh-Hans': '天', 'zh-Hant': '天' },
};

interface Volume {
  readonly pathway: string;
  readonly destination: string;
  readonly month: string;
  readonly declarations: number;
}
interface ClearTime {
  readonly pathway: string;
  readonly destination: string;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
}

/** Declarations over the months of the year, or over the places they go to, a series a pathway. */
export function volumeChart(
  rows: readonly Volume[],
  by: 'month' | 'destination',
  year: number,
  language: Language,
): BarChart {
  const months = Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}`);
  const categories = by === 'month' ? months : [...new Set(rows.map(({ destination }) => destination))].sort();
  const pathways = [...new Set(rows.map(({ pathway }) => pathway))].sort();
  return {
    title: `${texts[by === 'month' ? 'volumes' : 'places'][language]} · ${year}`,
    unit: texts.declarations[language],
    categories,
    series: pathways.map((pathway) => ({
      name: pathway,
      values: categories.map((category) =>
        rows
          .filter((row) => row.pathway === pathway && row[by] === category)
          .reduce((sum, { declarations }) => sum + declarations, 0),
      ),
    })),
    stacked: true,
  };
}

/** Percentiles of the time to clear, side by side for each pathway and place. */
export function clearTimeChart(rows: readonly ClearTime[], year: number, language: Language): BarChart {
  return {
    title: `${texts.clear[language]} · ${year}`,
    unit: texts.days[language],
    categories: rows.map(({ pathway, destination }) => `${pathway} → ${destination}`),
    series: (['p50', 'p90', 'p99'] as const).map((name) => ({ name, values: rows.map((row) => row[name]) })),
    stacked: false,
  };
}
