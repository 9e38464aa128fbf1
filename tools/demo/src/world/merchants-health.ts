import type { MerchantSeed } from './seed-types.js';
import { flat, graduated, perCall, perMegabyte, perUnit, text, volume } from './words.js';

const RESEARCH = ['clinical-research', 'method-development'] as const;

/** Traditional Chinese medicine and health. No record in any of them was ever a person: all of it is synthetic. */
export const healthMerchants: readonly MerchantSeed[] = [
  {
    slug: 'lingnan',
    name: text('Lingnan Bencao Data', '岭南本草数据科技', '嶺南本草數據科技'),
    jurisdiction: 'CN',
    products: [
      {
        slug: 'tcm-rwe',
        kind: 'dataset',
        name: text(
          'TCM internal medicine, Guangdong 2019–2025: real-world evidence dataset (synthetic)',
          '2019年至2025年广东省中医内科真实世界数据集（合成数据）',
          '2019年至2025年廣東省中醫內科真實世界數據集（合成數據）',
        ),
        description: text(
          'SYNTHETIC DATA: no record describes a real person. 8,000 generated patients of six clinics with encounters, ' +
            'dual-coded diagnoses (GB/T 15657-2021 and ICD-11 chapter 26), tongue and pulse findings, prescriptions by ' +
            'single herb, laboratory values and outcomes, as FHIR R4. Used inside the sandbox only; results leave as ' +
            'aggregates of at least ten persons after a two-person output check.',
          '合成数据：不含任何真实个人的记录。六家医疗机构的8,000名虚拟患者，包括就诊、中西医双重编码诊断（GB/T 15657-2021与ICD-11第26章）、' +
            '舌象脉象、逐味药处方、检验结果与疗效结局，采用FHIR R4格式。仅限在数据沙箱内使用；结果须经双人审核，以不少于十人的汇总形式导出。',
          '合成數據：不含任何真實個人的紀錄。六間醫療機構的8,000名虛擬患者，包括就診、中西醫雙重編碼診斷（GB/T 15657-2021與ICD-11第26章）、' +
            '舌象脈象、逐味藥處方、化驗結果與療效結局，採用FHIR R4格式。只可在數據沙箱內使用；結果須經雙人審核，以不少於十人的匯總形式匯出。',
        ),
        languages: ['zh-Hans', 'en'],
        offers: [
          {
            slug: 'project',
            prices: [
              flat('18000.00'),
              perUnit('session_minutes', '3.20'),
              graduated('output_files', '1', ['5', '0'], ['20', '260.00'], [null, '180.00']),
            ],
            purposes: RESEARCH,
            places: ['HK', 'CN'],
            term: 'story',
            retentionDays: 180,
          },
          {
            slug: 'greater-bay',
            prices: [flat('15000.00'), perUnit('session_minutes', '3.60'), perUnit('output_files', '240.00')],
            purposes: RESEARCH,
            places: ['HK', 'MO', 'CN'],
            channel: { partner: 'cotai', bps: 300 },
            retentionDays: 180,
          },
        ],
      },
      {
        slug: 'herb-prices',
        kind: 'api',
        name: text('Herb market price API', '中药材市场价格接口', '中藥材市場價格API'),
        description: text(
          'Daily wholesale prices of 420 medicinal materials in four mainland markets, by origin and grade, with the history since 2016.',
          '四大药材市场420个品种的每日批发价，按产地与规格等级区分，历史数据自2016年起。',
          '內地四大藥材市場420個品種的每日批發價，按產地及規格等級劃分，歷史數據自2016年起。',
        ),
        languages: ['zh-Hans'],
        offers: [
          {
            slug: 'standard',
            prices: [perCall('0.12')],
            purposes: ['market-research', 'procurement'],
            places: ['CN', 'HK', 'MO', 'SG', 'MY', 'GB'],
          },
        ],
      },
      {
        slug: 'tongue-model',
        kind: 'model',
        name: text('Tongue image grading model (draft)', '舌象分级模型（草稿）', '舌象分級模型（草稿）'),
        description: text(
          'Grades coating and colour of tongue images; trained on synthetic pictures. The card is still being written.',
          '对舌苔与舌色进行分级的模型，使用合成图像训练。产品说明仍在编写中。',
          '為舌苔及舌色分級的模型，以合成圖像訓練。產品說明仍在撰寫中。',
        ),
        languages: ['zh-Hans', 'en'],
        listing: { state: 'draft' },
      },
    ],
  },
  {
    slug: 'nanshan-clinical',
    name: text('Nanshan Clinical Synthetics', '南山临床合成数据', '南山臨床合成數據'),
    jurisdiction: 'CN',
    products: [
      {
        slug: 'emergency-notes',
        kind: 'dataset',
        name: text('Emergency department notes (synthetic)', '急诊病历文本（合成数据）', '急症室病歷文本（合成數據）'),
        description: text(
          'SYNTHETIC DATA: 60,000 generated triage and discharge notes with codes, for testing language models in medicine.',
          '合成数据：6万份生成的分诊与出院记录及编码，用于医学语言模型测试。',
          '合成數據：6萬份生成的分流及出院紀錄連編碼，供測試醫學語言模型。',
        ),
        languages: ['zh-Hans'],
        offers: [
          {
            slug: 'testing',
            prices: [flat('4200.00'), volume('rows', '1000', ['50000', '9.50'], ['200000', '7.20'], [null, '5.80'])],
            purposes: ['model-testing', 'clinical-research'],
            places: ['CN', 'HK'],
          },
        ],
      },
      {
        slug: 'imaging',
        kind: 'dataset',
        name: text('Chest imaging series (synthetic)', '胸部影像序列（合成数据）', '胸部影像序列（合成數據）'),
        description: text(
          'SYNTHETIC DATA: 12,000 generated chest series with radiology findings and segmentations, DICOM.',
          '合成数据：1.2万组生成的胸部影像序列，附影像所见与分割标注，DICOM格式。',
          '合成數據：1.2萬組生成的胸部影像序列，附影像報告及分割標註，DICOM格式。',
        ),
        languages: ['zh-Hans', 'en'],
        offers: [
          {
            slug: 'series',
            prices: [perUnit('rows', '1.40'), perMegabyte('0.05')],
            purposes: ['clinical-research'],
            places: ['CN', 'HK', 'GB'],
          },
        ],
      },
    ],
  },
  {
    slug: 'taipa',
    name: text('Taipa Herbal Formulary', '氹仔方剂库', '氹仔方劑庫'),
    jurisdiction: 'MO',
    products: [
      {
        slug: 'classical-formulas',
        kind: 'dataset',
        name: text('Classical formulas, structured', '经典名方结构化数据集', '經典名方結構化數據集'),
        description: text(
          '1,100 classical formulas from printed sources out of copyright: ingredients, doses in grams, processing, indications by pattern, with page references.',
          '1,100首经典名方，源自版权期已过的刊本：组成、以克计的剂量、炮制方法与证候主治，逐条注明出处页码。',
          '1,100首經典名方，源自版權期已過的刊本：組成、以克計的劑量、炮製方法與證候主治，逐條註明出處頁碼。',
        ),
        languages: ['zh-Hant', 'zh-Hans', 'en', 'pt'],
        offers: [
          {
            slug: 'reference',
            prices: [flat('2600.00')],
            purposes: ['education', 'clinical-research'],
            places: ['MO', 'HK', 'CN', 'GB'],
            retentionDays: null,
          },
        ],
      },
    ],
  },
  {
    slug: 'pennine',
    name: text('Pennine Synthetic Cohorts', '奔宁合成队列', '奔寧合成隊列'),
    jurisdiction: 'GB',
    products: [
      {
        slug: 'cardio-cohort',
        kind: 'dataset',
        name: text('Cardiovascular cohort (synthetic)', '心血管队列（合成数据）', '心血管隊列（合成數據）'),
        description: text(
          'SYNTHETIC DATA: 25,000 generated people followed for ten years, with risk factors, medication and events. OMOP tables.',
          '合成数据：2.5万名虚拟人群的十年随访，含危险因素、用药与事件，OMOP表结构。',
          '合成數據：2.5萬名虛擬人群的十年隨訪，包括風險因素、用藥與事件，OMOP數據表。',
        ),
        languages: ['en'],
        offers: [
          {
            slug: 'cohort',
            prices: [flat('950.00'), perUnit('rows', '0.35', '1000')],
            purposes: ['clinical-research', 'education'],
            places: ['GB', 'HK', 'CN', 'SG'],
          },
        ],
      },
      {
        slug: 'pharmacy-claims',
        kind: 'dataset',
        name: text('Pharmacy claims (synthetic)', '药房理赔记录（合成数据）', '藥房索償紀錄（合成數據）'),
        description: text(
          'SYNTHETIC DATA: generated dispensing claims of three years, meant for teaching pharmacoepidemiology.',
          '合成数据：三年的生成配药理赔记录，用于药物流行病学教学。',
          '合成數據：三年的生成配藥索償紀錄，用於藥物流行病學教學。',
        ),
        languages: ['en'],
        listing: { state: 'submitted' },
      },
    ],
  },
];
