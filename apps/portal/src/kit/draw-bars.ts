import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use as register } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

register([BarChart, LineChart, GridComponent, TooltipComponent, SVGRenderer]);

export interface Bar {
  readonly name: string;
  /** For the length of the bar alone; what is said is the text. */
  readonly value: number;
  readonly text: string;
}

/** Sums stand side by side; what develops is a line. */
export type ChartKind = 'bar' | 'line';

interface Drawing {
  readonly kind: ChartKind;
  readonly bars: readonly Bar[];
  readonly dark: boolean;
}

/** Draws into a place, in the page's own colours, as wide as it is; the function returned takes it away. */
export function drawBars(place: HTMLElement, { kind, bars, dark }: Drawing): () => void {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const chart = init(place, null, { renderer: 'svg' });
  const axis = { axisLabel: { color: colour('--muted') }, axisLine: { lineStyle: { color: colour('--line') } } };
  chart.setOption({
    animation: false,
    darkMode: dark,
    grid: { left: 8, right: 8, top: 16, bottom: 8, containLabel: true },
    // Drawn as text: markup in a tooltip would need inline styles, which the policy forbids.
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      formatter: (points: unknown) => {
        const [point] = points as readonly { readonly dataIndex: number }[];
        const bar = point === undefined ? undefined : bars[point.dataIndex];
        return bar === undefined ? '' : `${bar.name}\n${bar.text}`;
      },
    },
    xAxis: { type: 'category', data: bars.map(({ name }) => name), ...axis },
    yAxis: { type: 'value', splitLine: { lineStyle: { color: colour('--line') } }, axisLabel: axis.axisLabel },
    series: [
      {
        data: bars.map(({ value }) => value),
        itemStyle: { color: colour('--accent') },
        ...(kind === 'bar' ? { type: 'bar', barMaxWidth: 28 } : { type: 'line', symbolSize: 4 }),
      },
    ],
  });
  const watcher = new ResizeObserver(() => chart.resize());
  watcher.observe(place);
  return () => {
    watcher.disconnect();
    chart.dispose();
  };
}
