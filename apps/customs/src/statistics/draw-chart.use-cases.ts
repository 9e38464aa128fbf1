import type { BarChart } from './chart.js';

const WIDTH = 960;
const HEIGHT = 480;

/** The part of the library that is needed, loaded when the first chart is asked for: no other request pays for it. */
async function loadCharts() {
  const [core, { BarChart: Bars }, components, { SVGRenderer }] = await Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
  ]);
  const { GridComponent, LegendComponent, TitleComponent, AriaComponent } = components;
  core.use([Bars, GridComponent, LegendComponent, TitleComponent, AriaComponent, SVGRenderer]);
  return core;
}
let loaded: ReturnType<typeof loadCharts> | undefined;

/** Draws a bar chart as SVG, without a browser. */
export async function drawChart({ title, unit, categories, series, stacked }: BarChart): Promise<string> {
  loaded ??= loadCharts();
  const { init } = await loaded;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  try {
    chart.setOption({
      animation: false,
      aria: { enabled: true },
      backgroundColor: '#ffffff',
      textStyle: { fontFamily: 'system-ui, "Noto Sans SC", "Noto Sans TC", sans-serif' },
      title: { text: title, left: 16, top: 12, textStyle: { fontSize: 16, fontWeight: 600 } },
      legend: { top: 44, left: 16 },
      grid: { left: 64, right: 24, top: 92, bottom: 56 },
      xAxis: { type: 'category', data: [...categories], axisLabel: { hideOverlap: true } },
      yAxis: { type: 'value', name: unit, minInterval: stacked ? 1 : 0.01 },
      series: series.map(({ name, values }) => ({
        name,
        type: 'bar' as const,
        data: [...values],
        ...(stacked ? { stack: 'all' } : {}),
      })),
    });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
