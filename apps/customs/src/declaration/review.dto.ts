import { z } from 'zod';
import { localizedDto } from '../shared/text.dto.js';
import { factsDto } from '../policy-query/policy-query.dto.js';
import { formDto } from './form.dto.js';
import type { Trigger, TriggerId } from './redeclaration-trigger.js';
import { redeclarationTriggers } from './redeclaration-trigger.js';
import type { LocalizedText } from '@hetao/kernel';
import type { Finding, RuleSet } from '@hetao/rules';

/** What a declaration says, as it can be read, changed and sent back. */
export const contentDto = z.object({ form: formDto, facts: factsDto }).meta({ id: 'DeclarationContentRead' });

export const missingDto = z
  .object({
    complete: z.boolean(),
    missing: z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() })),
  })
  .meta({ id: 'DeclarationCompleteness' });

export const historyDto = z
  .object({
    data: z.array(
      z.object({
        revision: z.int(),
        command: z.string(),
        status_from: z.string().nullable(),
        status_to: z.string(),
        rule_set_version: z.string(),
        facts_sha256: z.string(),
        at: z.iso.datetime(),
        by_subject: z.string(),
        note: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'DeclarationHistory' });

export const comparisonDto = z
  .object({
    must_redeclare: z.boolean(),
    triggers: z.array(
      z.object({
        id: z.enum(redeclarationTriggers),
        text: localizedDto,
        pointer: z.string(),
        before: z.string(),
        after: z.string(),
        citations: z.array(z.object({ id: z.string(), text: localizedDto })),
      }),
    ),
    pathway: z.string().describe('What the rules would say after the change'),
    rule: z.string().nullable(),
  })
  .meta({ id: 'DeclarationComparison' });

const triggerTexts: Readonly<Record<TriggerId, LocalizedText>> = {
  purpose: { en: 'The purpose changes', 'zh-Hans': '目的变化', 'zh-Hant': '目的變化' },
  manner: { en: 'The manner changes', 'zh-Hans': '方式变化', 'zh-Hant': '方式變化' },
  scope: { en: 'The scope grows', 'zh-Hans': '范围扩大', 'zh-Hant': '範圍擴大' },
  type: { en: 'The kind of data changes', 'zh-Hans': '数据种类变化', 'zh-Hant': '數據種類變化' },
  volume: { en: 'More people than declared', 'zh-Hans': '数量超出申报', 'zh-Hant': '數量超出申報' },
  recipient: { en: 'Another recipient or place', 'zh-Hans': '接收方或地点变化', 'zh-Hant': '接收方或地點變化' },
  recipient_use: {
    en: 'The recipient’s use, control or onward transfers change',
    'zh-Hans': '接收方用途、控制权或再转移变化',
    'zh-Hant': '接收方用途、控制權或再轉移變化',
  },
  retention: {
    en: 'Kept longer, or elsewhere',
    'zh-Hans': '境外保存期限或地点变化',
    'zh-Hant': '境外保存期限或地點變化',
  },
  law: { en: 'The recipient’s law changes', 'zh-Hans': '接收方所在地法律变化', 'zh-Hant': '接收方所在地法律變化' },
  pathway: { en: 'The rules lead another way', 'zh-Hans': '适用路径变化', 'zh-Hant': '適用路徑變化' },
};

export type ComparisonDto = z.output<typeof comparisonDto>;

interface Compared {
  readonly triggers: readonly Trigger[];
  readonly assessed: { readonly finding: Finding };
}

/** Renders a comparison with the wording of the citations in the rule set in force. */
export function toComparisonDto({ triggers, assessed: { finding } }: Compared, ruleSet: RuleSet): ComparisonDto {
  return {
    must_redeclare: triggers.length > 0,
    triggers: triggers.map(({ id, pointer, before, after, cite }) => ({
      ...{ id, text: triggerTexts[id], pointer, before, after },
      citations: ruleSet.citations
        .filter((citation) => cite.includes(citation.id))
        .map(({ id: key, text }) => ({ id: key, text })),
    })),
    pathway: finding.pathway,
    rule: finding.rule,
  };
}
