import type { LocalizedText } from '@hetao/kernel';

/** A question that is asked often, ready to be filled in: what stands in brackets is for the asker to say. */
export interface ConsultationTemplate {
  readonly id: string;
  readonly subject: LocalizedText;
  readonly text: LocalizedText;
  /** Citations of the rule set an answer is likely to need. */
  readonly citations: readonly string[];
}

type Row = readonly [
  id: string,
  citations: readonly string[],
  ...texts: readonly (readonly [string, string, string])[],
];

const rows: readonly Row[] = [
  [
    'WHICH_PATHWAY',
    ['CBDF-7', 'CBDF-8'],
    ['Which way does this transfer go?', '这次提供应走哪条路径？', '這次提供應循哪條路徑？'],
    [
      'We want to send [data, number of persons] to [kind of recipient, place] for [purpose]. The policy query answers [pathway, rule]. Is that right, given that [what is special]?',
      '我方拟向[接收方类型、地点]提供[数据、人数]，目的为[目的]。政策查询结果为[路径、规则]。考虑到[特殊情况]，该结论是否正确？',
      '我方擬向[接收方類型、地點]提供[數據、人數]，目的為[目的]。政策查詢結果為[路徑、規則]。考慮到[特殊情況]，該結論是否正確？',
    ],
  ],
  [
    'REMOTE_VIEW',
    ['SA-GUIDE-SCOPE'],
    ['Is remote viewing an export?', '远程查看是否属于数据出境？', '遠程查看是否屬於數據出境？'],
    [
      'Users in [place] would see [what: single records, aggregates] on a screen while the data stay in [place]. Nothing can be downloaded because [measures]. Does this count as an export?',
      '[地点]的用户将在屏幕上看到[内容：单条记录或汇总]，数据仍存放在[地点]；因[措施]无法下载。这是否属于数据出境？',
      '[地點]的用戶將在屏幕上看到[內容：單條紀錄或匯總]，數據仍存放在[地點]；因[措施]無法下載。這是否屬於數據出境？',
    ],
  ],
  [
    'IMPORTANT_DATA',
    ['NDSMR-29', 'CBDF-2'],
    ['Are these important data?', '这些是否属于重要数据？', '這些是否屬於重要數據？'],
    [
      'Our data are [fields, coverage, precision]. We have not been told that they are important, and found no published list that names them except [lists looked at]. What else has to be checked?',
      '我方数据为[字段、覆盖范围、精度]。未被告知属于重要数据，查阅[已查目录]后亦未见列明。还需核查什么？',
      '我方數據為[欄位、覆蓋範圍、精度]。未被告知屬於重要數據，查閱[已查目錄]後亦未見列明。還需核查甚麼？',
    ],
  ],
  [
    'GBA_CONTRACT',
    ['GBA-HK-2', 'GBA-MO-2'],
    ['Can we use the Greater Bay Area contract?', '能否使用大湾区标准合同？', '能否使用大灣區標準合同？'],
    [
      'The exporter is in [city], the recipient in [Hong Kong or Macao]. The data would go on to [nobody, or whom]. May we file the Greater Bay Area standard contract instead of the national one?',
      '出口方位于[城市]，接收方位于[香港或澳门]，数据[不再转移／将转移至]。可否以大湾区标准合同备案代替国家标准合同？',
      '出口方位於[城市]，接收方位於[香港或澳門]，數據[不再轉移／將轉移至]。可否以大灣區標準合同備案代替國家標準合同？',
    ],
  ],
  [
    'GENES',
    ['HGR-10', 'HGR-28'],
    ['Do human genetic resources rules apply?', '是否适用人类遗传资源规定？', '是否適用人類遺傳資源規定？'],
    [
      'The records hold [clinical, laboratory, imaging data]. They [do, do not] hold gene or genome data. The recipient is [controlled by]. Which procedure comes before the export?',
      '记录包含[临床、检验、影像数据]，[包含／不包含]基因或基因组数据，接收方由[控制方]控制。出境前须办理何种手续？',
      '紀錄包含[臨床、化驗、影像數據]，[包含／不包含]基因或基因組數據，接收方由[控制方]控制。出境前須辦理何種手續？',
    ],
  ],
  [
    'COUNTING',
    ['CBDF-7.1.2', 'CBDF-5.1.4'],
    ['How are persons counted?', '人数如何计算？', '人數如何計算？'],
    [
      'In [year] we sent [numbers] over [channels]. Some persons are in several of them. Which numbers do we declare, and from when on does the next transfer need [mechanism]?',
      '[年份]我方通过[渠道]提供了[人数]，部分个人重复。应申报哪些数字，下一次提供自何时起需要[机制]？',
      '[年份]我方通過[渠道]提供了[人數]，部分個人重複。應申報哪些數字，下一次提供自何時起需要[機制]？',
    ],
  ],
  [
    'CHANGE',
    ['NDSMR-37', 'SCM-4'],
    ['Must a change be declared anew?', '变更是否须重新申报？', '變更是否須重新申報？'],
    [
      'Declaration [title] was decided on [date]. Now [purpose, manner, scope, recipient, time kept] changes from [before] to [after]. Is a new assessment or filing needed?',
      '申报[名称]于[日期]获决定。现[目的、方式、范围、接收方、保存期限]由[原]变为[新]。是否须重新评估或备案？',
      '申報[名稱]於[日期]獲決定。現[目的、方式、範圍、接收方、保存期限]由[原]變為[新]。是否須重新評估或備案？',
    ],
  ],
];

/** The templates, each in the three languages of the exchange. */
export const consultationTemplates: readonly ConsultationTemplate[] = rows.map(([id, citations, subject, text]) => ({
  id,
  citations,
  subject: words(subject),
  text: words(text),
}));

function words(texts: readonly [string, string, string] | undefined): LocalizedText {
  const [en = '', hans = '', hant = ''] = texts ?? [];
  return { en, 'zh-Hans': hans, 'zh-Hant': hant };
}
