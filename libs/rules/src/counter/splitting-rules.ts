import { words } from '../szdex/words.js';
import type { SplittingRule } from './splitting.js';

/** The first rules against splitting. The law forbids it without saying how it looks: these numbers are the exchange's own. */
export const splittingRules: readonly SplittingRule[] = [
  {
    id: 'SPLIT-RECIPIENT',
    text: words(
      'Several transfers to one recipient, each below a threshold that they reach together',
      '向同一接收方多次提供，每次低于门槛而合计达到门槛',
      '向同一接收方多次提供，每次低於門檻而合計達到門檻',
    ),
    ...{ exporters: 'same', same: ['recipient'], fieldsInCommonPercent: 0, withinDays: 366 },
    ...{ leastParts: 2, leastPercent: 0 },
  },
  {
    id: 'SPLIT-PURPOSE',
    text: words(
      'Several transfers of the same fields for one purpose, each below a threshold that they reach together',
      '为同一目的多次提供相同字段，每次低于门槛而合计达到门槛',
      '為同一目的多次提供相同欄位，每次低於門檻而合計達到門檻',
    ),
    ...{ exporters: 'same', same: ['purpose', 'fields'], fieldsInCommonPercent: 80, withinDays: 366 },
    ...{ leastParts: 2, leastPercent: 0 },
  },
  {
    id: 'SPLIT-JUST-UNDER',
    text: words(
      'Within 90 days several transfers just under a threshold, to whomever',
      '九十日内多次提供，每次略低于门槛，无论接收方',
      '九十日內多次提供，每次略低於門檻，不論接收方',
    ),
    ...{ exporters: 'same', same: [], fieldsInCommonPercent: 0, withinDays: 90, leastParts: 2, leastPercent: 80 },
  },
  {
    id: 'SPLIT-RELATED',
    text: words(
      'Related exporters send to one recipient, each below a threshold that they reach together',
      '关联出口方向同一接收方提供，每次低于门槛而合计达到门槛',
      '關聯出口方向同一接收方提供，每次低於門檻而合計達到門檻',
    ),
    ...{ exporters: 'related', same: ['recipient'], fieldsInCommonPercent: 0, withinDays: 366 },
    ...{ leastParts: 2, leastPercent: 0 },
  },
  {
    id: 'SPLIT-RELATED-FIELDS',
    text: words(
      'Related exporters send the same fields for one purpose, each below a threshold that they reach together',
      '关联出口方为同一目的提供相同字段，每次低于门槛而合计达到门槛',
      '關聯出口方為同一目的提供相同欄位，每次低於門檻而合計達到門檻',
    ),
    ...{ exporters: 'related', same: ['purpose', 'fields'], fieldsInCommonPercent: 80, withinDays: 366 },
    ...{ leastParts: 2, leastPercent: 0 },
  },
];
