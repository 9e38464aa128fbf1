import type { Requirement, StatutoryClock } from '../engine/rule-set.js';
import { documents } from './documents.js';
import { foreignRequirements } from './foreign-requirements.js';
import { words } from './words.js';

type ClockWords = readonly [en: string, hans: string, hant: string];
type ClockNumbers = Pick<StatutoryClock, 'by' | 'from' | 'count'> &
  Partial<Pick<StatutoryClock, 'unit' | 'direction' | 'extendableBy'>>;

const clock = (id: string, numbers: ClockNumbers, [en, hans, hant]: ClockWords): StatutoryClock => ({
  unit: 'working_day',
  direction: 'forward',
  ...numbers,
  id,
  text: words(en, hans, hant),
});

const identity = ['CREDIT_CODE', 'LEGAL_REP_ID', 'HANDLER_ID', 'AUTHORISATION'];

const securityAssessment: Requirement = {
  id: 'SECURITY_ASSESSMENT',
  authority: words(
    'Filed with the provincial CAC (Guangdong), decided by the national CAC',
    '省级网信部门（广东）受理，国家网信部门评估',
    '省級網信部門（廣東）受理，國家網信部門評估',
  ),
  documents: documents(...identity, 'DECLARATION_FORM', 'RECIPIENT_CONTRACT', 'SELF_ASSESSMENT', 'OTHER_EVIDENCE'),
  clocks: [
    clock('SA_COMPLETENESS', { by: 'authority', from: 'submitted', count: 5 }, [
      'Completeness check by the provincial CAC',
      '省级网信部门完备性查验',
      '省級網信部門完備性查驗',
    ]),
    clock('SA_ACCEPTANCE', { by: 'authority', from: 'completeness_passed', count: 7 }, [
      'Decision to accept or not',
      '决定是否受理',
      '決定是否受理',
    ]),
    clock('SA_ASSESSMENT', { by: 'authority', from: 'accepted', count: 45, extendableBy: null }, [
      'Assessment',
      '安全评估',
      '安全評估',
    ]),
    clock('SA_REASSESSMENT', { by: 'exporter', from: 'decided', count: 15 }, [
      'Ask for re-assessment',
      '申请复评',
      '申請複評',
    ]),
    clock('SA_EXTENSION_WINDOW', { by: 'exporter', from: 'expires', count: 60, direction: 'before' }, [
      'Window to ask for an extension of three years',
      '申请延长三年有效期的期间',
      '申請延長三年有效期的期間',
    ]),
    clock('SA_EXTENSION_CHECK', { by: 'authority', from: 'extension_filed', count: 5 }, [
      'Extension: provincial check',
      '延期：省级查验',
      '延期：省級查驗',
    ]),
    clock('SA_EXTENSION_DECISION', { by: 'authority', from: 'extension_checked', count: 20 }, [
      'Extension: decision',
      '延期：决定',
      '延期：決定',
    ]),
  ],
  validity: { years: 3, from: 'decided' },
  notes: [
    words(
      'Declare again when purpose, manner, scope, type, the recipient’s use, law or control, or the time kept abroad changes.',
      '目的、方式、范围、种类、接收方用途、法律或控制权、境外保存期限变化时须重新申报。',
      '目的、方式、範圍、種類、接收方用途、法律或控制權、境外保存期限變化時須重新申報。',
    ),
  ],
};

const standardContract: Requirement = {
  id: 'SC',
  authority: words(
    'Provincial CAC where the exporter is; or an accredited certification body',
    '提供方所在地省级网信部门；或专业认证机构',
    '提供方所在地省級網信部門；或專業認證機構',
  ),
  documents: documents(...identity, 'COMMITMENT', 'STANDARD_CONTRACT', 'IMPACT_ASSESSMENT'),
  clocks: [
    clock('SC_FILING', { by: 'exporter', from: 'contract_effective', count: 10 }, [
      'File the contract',
      '办理备案',
      '辦理備案',
    ]),
    clock('SC_CHECK', { by: 'authority', from: 'submitted', count: 15 }, [
      'Check by the provincial CAC',
      '省级网信部门查验',
      '省級網信部門查驗',
    ]),
    clock('SC_SUPPLEMENT', { by: 'exporter', from: 'returned', count: 10 }, ['Supplement', '补充材料', '補充材料']),
  ],
  validity: { contractTerm: true },
  notes: [
    words('Transfers may start only when the contract is in force.', '合同生效后方可提供。', '合同生效後方可提供。'),
  ],
};

const certification: Requirement = {
  id: 'CERT',
  authority: words(
    'Accredited certification bodies, supervised by SAMR and CAC',
    '专业认证机构（市场监管总局、国家网信办监督）',
    '專業認證機構（市場監管總局、國家網信辦監督）',
  ),
  documents: documents('IMPACT_ASSESSMENT'),
  clocks: [
    clock('CERT_STATUS_REPORT', { by: 'authority', from: 'certificate_changed', count: 5 }, [
      'The body reports the state of the certificate',
      '认证机构报送证书状态',
      '認證機構報送證書狀態',
    ]),
    clock('CERT_BODY_FILING', { by: 'authority', from: 'body_qualified', count: 10 }, [
      'The body files its qualification',
      '认证机构备案资质',
      '認證機構備案資質',
    ]),
    clock('CERT_RENEWAL', { by: 'exporter', from: 'expires', count: 6, unit: 'month', direction: 'before' }, [
      'Apply for renewal',
      '申请续期',
      '申請續期',
    ]),
  ],
  validity: { years: 3, from: 'decided' },
  notes: [],
};

const gbaContract: Requirement = {
  id: 'GBA_SC',
  authority: words(
    'Guangdong CAC; Hong Kong: Digital Policy Office; Macao: DSPDP',
    '广东省网信办；香港数字政策办公室；澳门个人资料保护局',
    '廣東省網信辦；香港數字政策辦公室；澳門個人資料保護局',
  ),
  documents: documents('LEGAL_REP_ID', 'UNDERTAKING', 'GBA_CONTRACT', 'GBA_IMPACT_ASSESSMENT_KEPT'),
  clocks: [
    clock('GBA_FILING', { by: 'exporter', from: 'contract_effective', count: 10 }, [
      'File the contract, exporter and recipient',
      '双方办理备案',
      '雙方辦理備案',
    ]),
  ],
  validity: { contractTerm: true },
  notes: [
    words(
      'No onward transfer outside the Greater Bay Area; records kept at least three years.',
      '不得向大湾区以外再转移；记录至少保存三年。',
      '不得向大灣區以外再轉移；紀錄至少保存三年。',
    ),
    words(
      'Not for transfers between Hong Kong and Macao, nor for cities outside the nine.',
      '不适用于港澳之间，亦不适用于九市以外。',
      '不適用於港澳之間，亦不適用於九市以外。',
    ),
  ],
};

const hgrClock = clock('HGR_APPROVAL', { by: 'authority', from: 'submitted', count: 20, extendableBy: 10 }, [
  'Decision of the health commission',
  '卫生健康主管部门决定',
  '衞生健康主管部門決定',
]);
const hgr = (id: string, ...ids: readonly string[]): Requirement => ({
  id,
  authority: words('National Health Commission', '国家卫生健康委员会', '國家衞生健康委員會'),
  documents: documents('ETHICS_REVIEW', ...ids),
  clocks: [hgrClock],
  validity: null,
  notes: [],
});

const importantDataNotified: Requirement = {
  id: 'IMPORTANT_DATA_NEWLY_NOTIFIED',
  authority: securityAssessment.authority,
  documents: [],
  clocks: [
    clock('IMPORTANT_DECLARE', { by: 'exporter', from: 'told_important', count: 2, unit: 'month' }, [
      'Declare the assessment if export is to go on',
      '继续出境的，申报安全评估',
      '繼續出境的，申報安全評估',
    ]),
  ],
  validity: null,
  notes: [],
};

const beside = (id: string, authority: ClockWords, ...ids: readonly string[]): Requirement => ({
  id,
  authority: words(...authority),
  documents: documents(...ids),
  clocks: [],
  validity: null,
  notes: [],
});

export const requirements: readonly Requirement[] = [
  securityAssessment,
  standardContract,
  certification,
  gbaContract,
  hgr('HGR_INFO', 'HGR_REPORT'),
  hgr('HGR_REVIEW', 'HGR_REVIEW'),
  hgr('HGR_EXIT', 'HGR_EXIT'),
  importantDataNotified,
  beside('HEALTH_SECTOR', ['Health authority', '卫生健康主管部门', '衞生健康主管部門'], 'SECTOR_CONFIRMATION'),
  beside('TECH_EXPORT', ['Commerce authority', '商务主管部门', '商務主管部門'], 'CATALOGUE_CHECK'),
  beside('SMALL_HANDLER', ['Provincial CAC', '省级网信部门', '省級網信部門'], 'ONE_PAGE_IMPACT_FORM'),
  ...foreignRequirements,
];
