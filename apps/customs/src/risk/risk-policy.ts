import { splittingRules, type Clause } from '@hetao/rules';
import type { RiskPolicy, RiskRule } from './risk.js';

const rule = (
  id: string,
  points: number,
  when: readonly Clause[],
  texts: readonly [string, string, string],
): RiskRule => ({
  id,
  points,
  when: { all: when },
  text: { en: texts[0], 'zh-Hans': texts[1], 'zh-Hant': texts[2] },
});

/** The risk rules that come with the exchange. The numbers are its own; officers change them by a new version. */
export const builtInRiskPolicy: RiskPolicy = {
  version: 1,
  holdAt: 80,
  splitting: splittingRules,
  rules: [
    rule(
      'RISK-FIRST-RECIPIENT',
      20,
      [['risk.first_recipient', 'eq', true]],
      ['First transfer to this recipient', '首次向该接收方提供', '首次向該接收方提供'],
    ),
    rule(
      'RISK-NEAR-THRESHOLD',
      25,
      [['risk.percent_of_limit', 'gte', 80]],
      [
        'The year is at 80 percent or more of what the pathway allows',
        '当年累计已达路径上限的百分之八十',
        '當年累計已達路徑上限的百分之八十',
      ],
    ),
    rule(
      'RISK-SENSITIVE',
      15,
      [['d.sensitive', 'eq', true]],
      ['Sensitive personal information', '敏感个人信息', '敏感個人信息'],
    ),
    rule('RISK-HEALTH', 10, [['d.health', 'eq', true]], ['Health data', '健康医疗数据', '健康醫療數據']),
    rule(
      'RISK-UNDER-14',
      15,
      [['d.under14', 'eq', true]],
      ['Children under fourteen', '不满十四周岁未成年人', '未滿十四周歲未成年人'],
    ),
    rule(
      'RISK-GENES',
      20,
      [['d.hgr', 'in', ['info', 'material']]],
      ['Human genetic resources', '人类遗传资源', '人類遺傳資源'],
    ),
    rule(
      'RISK-ONWARD',
      20,
      [['risk.onward', 'eq', true]],
      ['The recipient may pass the data on', '接收方可再转移', '接收方可再轉移'],
    ),
    rule(
      'RISK-RETENTION',
      10,
      [['risk.retention_days', 'gte', 1825]],
      ['Kept abroad for five years or more', '境外保存五年以上', '境外保存五年或以上'],
    ),
    rule(
      'RISK-CONTRADICTION',
      40,
      [['risk.contradictions', 'gte', 1]],
      [
        'Answers that contradict another declaration of the same exporter',
        '与该出口方其他申报相互矛盾',
        '與該出口方其他申報互相矛盾',
      ],
    ),
    rule(
      'RISK-SPLITTING',
      80,
      [['risk.splitting', 'gte', 1]],
      ['It may be part of one transfer cut into several', '疑似拆分提供', '疑似拆分提供'],
    ),
    rule(
      'RISK-OPEN-LAW',
      15,
      [['risk.needs_person', 'eq', true]],
      ['The law is not settled on it', '法律适用尚无定论', '法律適用尚無定論'],
    ),
    rule(
      'RISK-RETURNED',
      10,
      [['risk.times_returned', 'gte', 2]],
      ['Given back for supplements twice or more', '两次以上退回补正', '兩次或以上退回補正'],
    ),
  ],
};
