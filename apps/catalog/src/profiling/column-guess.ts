import { birthOf, valueForms, type FormName } from './value-forms.js';

/** What a column seems to be, by its name and the beginning of its values. A draft for the merchant, not a verdict. */
export interface ColumnGuess {
  /** The form most of its values follow; null for none. */
  readonly form: FormName | null;
  readonly unit: string | null;
  readonly personal: boolean;
  readonly sensitive: boolean;
  readonly health: boolean;
  readonly gene: boolean;
  readonly minor: boolean;
  /** Why, for whoever checks it: `1998 of 2000 values are cn_resident_id`. */
  readonly reasons: readonly string[];
}

type Tag = 'personal' | 'sensitive' | 'health' | 'gene' | 'minor';

/** This share of the values must follow a form before it is taken for the column's. */
const MOST = 0.8;
const GROWN_UP_YEARS = 14;

const TAGS_OF_FORM: Readonly<Partial<Record<FormName, readonly Tag[]>>> = {
  cn_resident_id: ['personal', 'sensitive'],
  hk_identity_card: ['personal', 'sensitive'],
  bank_card: ['personal', 'sensitive'],
  cn_mobile: ['personal'],
  phone: ['personal'],
  email: ['personal'],
  chinese_name: ['personal'],
  ip_address: ['personal'],
  icd10: ['personal', 'sensitive', 'health'],
  rs_id: ['gene'],
  nucleotides: ['gene'],
};

/** Forms too wide to be believed without a name that speaks for them. */
const NEEDS_NAME: Readonly<Partial<Record<FormName, RegExp>>> = {
  chinese_name: /姓名|名字|联系人|聯絡人|患者|客户|客戶|医生|醫生|name|patient|contact|person/iu,
  icd10: /icd|诊断|診斷|diagnos|disease|疾病/iu,
  bank_card: /卡号|卡號|账号|賬號|帐号|card|account/iu,
};

/** What names of columns say, in the words of three scripts. */
const NAMES: readonly (readonly [what: RegExp, tags: readonly Tag[], told: string])[] = [
  [
    /^(?:姓名|名字|患者姓名|联系人|聯絡人|full_?name|(?:patient|customer|contact|first|last|sur)_?name)$/iu,
    ['personal'],
    'a name',
  ],
  [
    /身份证|身份證|证件号|證件號|护照|護照|passport|id_?card|identity_?(?:card|no)|ssn|nric/iu,
    ['personal', 'sensitive'],
    'a document of identity',
  ],
  [/手机|手機|电话|電話|mobile|phone|tel(?:ephone)?$/iu, ['personal'], 'a phone number'],
  [/邮箱|郵箱|电邮|電郵|e-?mail/iu, ['personal'], 'an e-mail address'],
  [/住址|地址|^address|home_?address/iu, ['personal'], 'an address'],
  [/出生|生日|birth|^dob$/iu, ['personal'], 'a day of birth'],
  [/性别|性別|^gender$|^sex$|年龄|年齡|^age$/iu, ['personal'], 'a trait of a person'],
  [/银行卡|銀行卡|卡号|卡號|card_?(?:no|number)|iban/iu, ['personal', 'sensitive'], 'an account'],
  [/经度|經度|纬度|緯度|轨迹|軌跡|^(?:lat|lon|lng)(?:itude)?$|gps/iu, ['personal', 'sensitive'], 'whereabouts'],
  [
    /指纹|指紋|人脸|人臉|虹膜|fingerprint|face_?(?:id|image)|iris|biometric/iu,
    ['personal', 'sensitive'],
    'a biometric trait',
  ],
  [
    /诊断|診斷|症状|症狀|病史|病名|证候|證候|处方|處方|用药|用藥|舌象|脉象|脈象|血压|血壓|血糖|diagnos|symptom|prescri|medication|blood_?(?:pressure|glucose)|icd/iu,
    ['personal', 'sensitive', 'health'],
    'a fact of health',
  ],
  [/基因|genotype|^gene$|gene_?(?:id|name)|allele|^snp|chromosome|染色体|染色體/iu, ['gene'], 'genetic information'],
  [/监护人|監護人|学籍|學籍|儿童|兒童|guardian|pupil|child_/iu, ['personal', 'sensitive', 'minor'], 'a child'],
];

/** Units as names carry them, `金额(元)` or `weight_kg`, in the code of UCUM where there is one. */
const UNITS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{
      元: 'CNY',
      人民币: 'CNY',
      rmb: 'CNY',
      cny: 'CNY',
      万元: '10*4 CNY',
      萬元: '10*4 CNY',
      港元: 'HKD',
      hkd: 'HKD',
      usd: 'USD',
      美元: 'USD',
    },
    ...{ kg: 'kg', 公斤: 'kg', 千克: 'kg', g: 'g', 克: 'g', mg: 'mg', 毫克: 'mg', 吨: 't', 噸: 't', t: 't' },
    ...{
      ml: 'mL',
      毫升: 'mL',
      l: 'L',
      升: 'L',
      m: 'm',
      米: 'm',
      cm: 'cm',
      厘米: 'cm',
      mm: 'mm',
      毫米: 'mm',
      km: 'km',
      公里: 'km',
    },
    ...{
      mmhg: 'mm[Hg]',
      '℃': 'Cel',
      '°c': 'Cel',
      celsius: 'Cel',
      c: 'Cel',
      '%': '%',
      pct: '%',
      percent: '%',
      kwh: 'kW.h',
      度: 'kW.h',
    },
    ...{
      s: 's',
      sec: 's',
      seconds: 's',
      秒: 's',
      ms: 'ms',
      min: 'min',
      minutes: 'min',
      分钟: 'min',
      分鐘: 'min',
      h: 'h',
      hours: 'h',
      小时: 'h',
      小時: 'h',
    },
    ...{
      d: 'd',
      days: 'd',
      天: 'd',
      岁: 'a',
      歲: 'a',
      years: 'a',
      年: 'a',
      次: '{times}',
      人: '{persons}',
      个: '{items}',
      個: '{items}',
    },
    ...{ 'mmol/l': 'mmol/L', 'mg/l': 'mg/L', 'ug/m3': 'ug/m3', 'μg/m3': 'ug/m3', 'km/h': 'km/h', 'm/s': 'm/s' },
  }),
);

/**
 * Guesses what a column is.
 *
 * @param values texts of the first rows; empty ones and those that are missing are passed over.
 * @param today ISO 8601 day: a person born less than fourteen years before is a minor (PIPL, article 28).
 */
export function guessColumn(name: string, values: readonly (string | null)[], today: string): ColumnGuess {
  const filled = values.flatMap((value) => (value === null || value.trim() === '' ? [] : [value.trim()]));
  const tags = new Set<Tag>();
  const reasons: string[] = [];
  for (const [what, its, told] of NAMES) {
    if (!what.test(name)) continue;
    for (const tag of its) tags.add(tag);
    reasons.push(`its name is that of ${told}`);
  }
  const followed = formOf(name, filled);
  if (followed !== undefined) {
    for (const tag of TAGS_OF_FORM[followed.form] ?? []) tags.add(tag);
    reasons.push(`${followed.count} of ${filled.length} values are ${followed.form}`);
    if (followed.form === 'cn_resident_id' && filled.some((value) => isMinor(value, today))) {
      tags.add('minor');
      reasons.push('some were born less than fourteen years ago');
    }
  }
  const has = (tag: Tag): boolean => tags.has(tag);
  return {
    form: followed?.form ?? null,
    unit: unitOf(name),
    ...{
      personal: has('personal'),
      sensitive: has('sensitive'),
      health: has('health'),
      gene: has('gene'),
      minor: has('minor'),
    },
    reasons,
  };
}

function formOf(
  name: string,
  values: readonly string[],
): { readonly form: FormName; readonly count: number } | undefined {
  if (values.length === 0) return undefined;
  for (const { name: form, holds } of valueForms) {
    if (NEEDS_NAME[form]?.test(name) === false) continue;
    const count = values.filter(holds).length;
    if (count / values.length >= MOST) return { form, count };
  }
  return undefined;
}

function isMinor(residentId: string, today: string): boolean {
  const birth = birthOf(residentId);
  return birth !== undefined && `${Number(birth.slice(0, 4)) + GROWN_UP_YEARS}${birth.slice(4)}` > today;
}

/** The unit in brackets, full or half width, or after the last underscore. */
function unitOf(name: string): string | null {
  const bracketed = /[(（[]\s*([^()（）[\]]+?)\s*[)）\]]\s*$/u.exec(name)?.[1];
  const suffix = /_([a-z%°℃/0-9]+)$/iu.exec(name)?.[1];
  return UNITS.get((bracketed ?? suffix ?? '').toLowerCase()) ?? null;
}
