import type { LocalizedText } from '@hetao/kernel';

/** F: it may not be shown. R: a person must look. */
export type Severity = 'fail' | 'review';

export type FindingCode =
  | 'few_patients'
  | 'secondary'
  | 'dominance_top_two'
  | 'dominance_remainder'
  | 'dominance_soft'
  | 'few_degrees_of_freedom'
  | 'quantile_tail'
  | 'too_many_levels'
  | 'too_many_bins'
  | 'empty_cells'
  | 'one_class'
  | 'too_many_parameters'
  | 'few_events'
  | 'nothing_left';

export type SuggestionCode = 'drop_group' | 'coarsen' | 'widen_filter' | 'other_measure';

/** One reason, with the numbers that made it. Exact small counts are never among them. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** How many cells or values it concerns. */
  readonly count: number;
  readonly message: LocalizedText;
}

export interface Suggestion {
  readonly code: SuggestionCode;
  readonly message: LocalizedText;
}

type Parameters = Readonly<Record<string, string | number>>;
type Words = readonly [en: string, hans: string, hant: string];

const FINDINGS: Readonly<Record<FindingCode, readonly [Severity, ...Words]>> = {
  few_patients: [
    'fail',
    '{count} cells have fewer than {limit} patients and are withheld.',
    '{count} 个单元格患者少于 {limit} 人，不予显示。',
    '{count} 個儲存格病人少於 {limit} 人，不予顯示。',
  ],
  secondary: [
    'fail',
    '{count} further cells are withheld, so that the first cannot be worked out from the totals.',
    '另有 {count} 个单元格不予显示，以免由合计推算。',
    '另有 {count} 個儲存格不予顯示，以免由總數推算。',
  ],
  dominance_top_two: [
    'fail',
    'In {count} values two patients make more than {limit} % of the total.',
    '{count} 个数值中两名患者占合计 {limit}% 以上。',
    '{count} 個數值中兩名病人佔總數 {limit}% 以上。',
  ],
  dominance_remainder: [
    'fail',
    'In {count} values one patient’s part could be worked out within {limit} %.',
    '{count} 个数值可在 {limit}% 误差内推算某一患者。',
    '{count} 個數值可在 {limit}% 誤差內推算某一病人。',
  ],
  dominance_soft: [
    'review',
    'In {count} values one or two patients make much of the total; a reviewer must look.',
    '{count} 个数值由一两名患者主导，须由审查员查看。',
    '{count} 個數值由一兩名病人主導，須由審查員查看。',
  ],
  few_degrees_of_freedom: [
    'fail',
    '{count} values have fewer than {limit} degrees of freedom.',
    '{count} 个数值自由度低于 {limit}。',
    '{count} 個數值自由度低於 {limit}。',
  ],
  quantile_tail: [
    'fail',
    '{count} percentiles have fewer than {limit} patients on one side.',
    '{count} 个百分位数一侧患者少于 {limit} 人。',
    '{count} 個百分位數一側病人少於 {limit} 人。',
  ],
  too_many_levels: [
    'fail',
    'A column has {count} levels; at most {limit} are allowed.',
    '某列有 {count} 个取值，最多 {limit} 个。',
    '某欄有 {count} 個取值，最多 {limit} 個。',
  ],
  too_many_bins: [
    'fail',
    'There are {count} bins; at most {limit} for so few patients.',
    '共有 {count} 个分箱，患者数仅允许 {limit} 个。',
    '共有 {count} 個分組，病人數只容許 {limit} 個。',
  ],
  empty_cells: [
    'review',
    '{count} combinations are empty or withheld; which is which is not told.',
    '{count} 个组合为空或不予显示，二者不作区分。',
    '{count} 個組合為空或不予顯示，兩者不作區分。',
  ],
  one_class: [
    'review',
    'In {count} rows every patient falls into one class; those are withheld.',
    '{count} 行中所有患者同属一类，不予显示。',
    '{count} 行中所有病人同屬一類，不予顯示。',
  ],
  too_many_parameters: [
    'fail',
    'The model has {count} parameters; at most {limit} for so many patients.',
    '模型有 {count} 个参数，患者数仅允许 {limit} 个。',
    '模型有 {count} 個參數，病人數只容許 {limit} 個。',
  ],
  few_events: [
    'fail',
    '{count} steps were joined or rounded: fewer than {limit} events or patients at risk.',
    '{count} 个时点因事件或在险人数少于 {limit} 而合并或取整。',
    '{count} 個時點因事件或在險人數少於 {limit} 而合併或取整。',
  ],
  nothing_left: ['fail', 'Nothing is left that may be shown.', '没有可显示的内容。', '沒有可顯示的內容。'],
};

const SUGGESTIONS: Readonly<Record<SuggestionCode, Words>> = {
  drop_group: [
    'Without grouping by {column} every cell would pass.',
    '不按 {column} 分组则全部通过。',
    '不按 {column} 分組則全部通過。',
  ],
  coarsen: [
    'Make the levels of {column} coarser, or group by fewer columns.',
    '请合并 {column} 的取值，或减少分组列。',
    '請合併 {column} 的取值，或減少分組欄。',
  ],
  widen_filter: [
    'Widen the condition: it leaves too few patients.',
    '请放宽条件：剩余患者过少。',
    '請放寬條件：剩餘病人過少。',
  ],
  other_measure: [
    'Show a count or a percentile instead of a sum.',
    '请以计数或百分位数代替求和。',
    '請以計數或百分位數代替總和。',
  ],
};

export function finding(code: FindingCode, count: number, limit: number | string = 0): Finding {
  const [severity, ...words] = FINDINGS[code];
  return { code, severity, count, message: localized(words, { count, limit }) };
}

export function suggestion(code: SuggestionCode, column = ''): Suggestion {
  return { code, message: localized(SUGGESTIONS[code], { column }) };
}

function localized([en, hans, hant]: Words, parameters: Parameters): LocalizedText {
  const fill = (text: string): string =>
    text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(parameters[name] ?? ''));
  return { en: fill(en), 'zh-Hans': fill(hans), 'zh-Hant': fill(hant) };
}
