import { describe, expect, it } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { parse } from 'yaml';
import { metricsIn } from './promql.js';

const root = new URL('../..', import.meta.url).pathname;
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly description: string; readonly runbook: string };
}
interface Dashboard {
  readonly uid: string;
  readonly panels: readonly { readonly title: string; readonly targets: readonly { readonly expr: string }[] }[];
}

const rules = (
  parse(read('infra/observability/alerts.yaml')) as { groups: readonly { rules: readonly Rule[] }[] }
).groups.flatMap((group) => group.rules);
const dashboards = globSync('infra/observability/dashboards/*.json', { cwd: root }).map((path) => ({
  path,
  dashboard: JSON.parse(read(path)) as Dashboard,
}));
const PARTS = ['Symptom', 'What it means', 'How to look', 'How to mend', 'How to know it is over'];

/** What the services export, by their own sources: a gauge or counter by its name, a histogram by its three series. */
function exported(): Set<string> {
  const names = new Set(['up']);
  for (const path of globSync('{apps,libs}/*/src/**/*.ts', { cwd: root })) {
    if (path.endsWith('.spec.ts')) continue;
    const text = read(path);
    if (!/prom-client|addReading|GaugeReading/.test(text)) continue;
    for (const [, name = ''] of text.matchAll(/'(hetao_[a-z_]+)'/g)) {
      names.add(name);
      if (new RegExp(`new Histogram(<[^>]*>)?\\(\\{\\s*name: '${name}'`).test(text))
        for (const series of ['bucket', 'sum', 'count']) names.add(`${name}_${series}`);
    }
  }
  const process = new Registry();
  collectDefaultMetrics({ register: process });
  for (const { name } of process.getMetricsAsArray()) names.add(name);
  return names;
}

describe('Alerts and dashboards', () => {
  const known = exported();

  it('find the metrics of the code', () => {
    expect(known).toContain('hetao_http_request_duration_seconds_bucket');
    expect(known).toContain('hetao_dead_letters');
    expect(known).toContain('process_open_fds');
    expect(rules.length).toBeGreaterThan(15);
    expect(dashboards.length).toBeGreaterThan(3);
  });

  it.each(rules)('$alert asks for metrics that are exported, and says when and how loud', (rule) => {
    const asked = metricsIn(rule.expr);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((name) => !known.has(name))).toEqual([]);
    expect(rule.for).toMatch(/^\d+[smh]$/);
    expect(['page', 'ticket']).toContain(rule.labels.severity);
  });

  it.each(rules)('$alert leads to a runbook with all its parts', ({ alert, annotations }) => {
    const kebab = alert.replace(/(?<!^)(?=[A-Z])/g, '-').toLowerCase();
    expect(annotations.runbook).toBe(`docs/operations/runbooks/${kebab}.md`);
    const runbook = read(annotations.runbook);
    expect(runbook.startsWith(`# ${alert}\n`)).toBe(true);
    expect([...runbook.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual(PARTS);
  });

  it('name every alert in the list of runbooks, and no other', () => {
    const listed = [...read('docs/operations/runbooks/README.md').matchAll(/^\| \[([A-Z]\w+)\]/gm)].map(
      ([, name]) => name,
    );
    expect(listed.toSorted()).toEqual(rules.map(({ alert }) => alert).toSorted());
  });

  it.each(dashboards)('$path draws metrics that are exported', ({ dashboard }) => {
    const asked = dashboard.panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => metricsIn(expr)));
    expect(asked.length).toBeGreaterThan(4);
    expect(asked.filter((name) => !known.has(name))).toEqual([]);
  });

  it('draw every metric of ours somewhere', () => {
    const drawn = new Set(
      dashboards.flatMap(({ dashboard }) =>
        dashboard.panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => metricsIn(expr))),
      ),
    );
    const ours = [...known].filter((name) => name.startsWith('hetao_') && !/_(sum|count|bucket)$/.test(name));
    expect(ours.filter((name) => !drawn.has(name) && !drawn.has(`${name}_bucket`))).toEqual([]);
  });

  it.each([
    ['a misspelt metric', 'rate(hetao_outbox_backlogs[5m])', ['hetao_outbox_backlogs']],
    ['labels and groupings', 'sum by (service, le) (a_b{route=~"x|y"}) / on (instance) c', ['a_b', 'c']],
    ['words of the language', 'up == 1 unless on (job) max(z offset 1d) or absent(q)', ['up', 'z', 'q']],
  ])('read %s', (_, expression, names) => {
    expect(metricsIn(expression)).toEqual(names);
  });

  it('refuses an expression whose brackets do not close', () => {
    expect(() => metricsIn('sum(rate(a[5m])')).toThrow('brackets');
  });
});
