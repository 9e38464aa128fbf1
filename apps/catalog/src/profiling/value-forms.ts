/** A form that values of a column may follow, with a check where the form has one. */
export interface ValueForm {
  readonly name: FormName;
  /** RE2 and JavaScript alike: DuckDB counts by it, without the check. */
  readonly pattern: string;
  readonly holds: (value: string) => boolean;
}

export const formNames = [
  'cn_resident_id',
  'hk_identity_card',
  'cn_mobile',
  'phone',
  'email',
  'bank_card',
  'unified_social_credit_code',
  'ip_address',
  'chinese_name',
  'icd10',
  'rs_id',
  'nucleotides',
] as const;
export type FormName = (typeof formNames)[number];

/** Every form, those that are hardest to fall into by chance first. */
export const valueForms: readonly ValueForm[] = [
  form('cn_resident_id', '\\d{17}[\\dXx]', isResidentId),
  form('unified_social_credit_code', '[0-9A-HJ-NP-RT-UW-Y]{18}', isSocialCreditCode),
  form('hk_identity_card', '[A-Z]{1,2}\\d{6}\\(?[0-9A]\\)?', isHongKongId),
  form('email', '[^@\\s]+@[^@\\s]+\\.[A-Za-z]{2,}'),
  form('cn_mobile', '(?:(?:\\+|00)?86[- ]?)?1[3-9]\\d{9}'),
  form('bank_card', '\\d{16,19}', isLuhn),
  form('phone', '(?:\\+|00)\\d{1,3}[- ]?\\d[\\d -]{5,13}\\d'),
  form('ip_address', '(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)'),
  form('rs_id', 'rs\\d{3,12}'),
  form('nucleotides', '[ACGTN]{20,}'),
  form('icd10', '[A-TV-Z]\\d[0-9A-B](?:\\.[0-9A-Za-z]{1,4})?'),
  form('chinese_name', `[${surnames()}]\\p{Han}{1,2}|(?:欧阳|司马|上官|诸葛|歐陽|司馬|諸葛)\\p{Han}{1,2}`),
];

function form(name: FormName, pattern: string, check: (value: string) => boolean = () => true): ValueForm {
  const whole = new RegExp(`^(?:${pattern.replaceAll('\\p{Han}', '\\p{Script=Han}')})$`, 'u');
  return { name, pattern, holds: (value) => whole.test(value) && check(value) };
}

/** The hundred most frequent surnames, in both scripts: nine of ten people. */
function surnames(): string {
  return (
    '王李张张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭' +
    '吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文'
  );
}

const RESIDENT_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** GB 11643-1999: a day of birth that exists, and a check digit (ISO 7064, MOD 11-2). */
function isResidentId(value: string): boolean {
  const sum = RESIDENT_WEIGHTS.reduce((total, weight, at) => total + weight * Number(value[at]), 0);
  return '10X98765432'[sum % 11] === value[17]?.toUpperCase() && birthOf(value) !== undefined;
}

/** The day of birth in a resident's number as an ISO 8601 day, or undefined where there is no such day. */
export function birthOf(residentId: string): string | undefined {
  const [year, month, day] = [residentId.slice(6, 10), residentId.slice(10, 12), residentId.slice(12, 14)];
  const isLeap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0);
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Number(month) - 1] ?? 0;
  return year >= '1900' && day >= '01' && Number(day) <= days ? `${year}-${month}-${day}` : undefined;
}

const CREDIT_DIGITS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** GB 32100-2015. */
function isSocialCreditCode(value: string): boolean {
  const sum = CREDIT_WEIGHTS.reduce((total, weight, at) => total + weight * CREDIT_DIGITS.indexOf(value[at] ?? ''), 0);
  return CREDIT_DIGITS[(31 - (sum % 31)) % 31] === value[17];
}

/** Letters count from A = 10, a single letter has a space (36) before it; weights 9 to 2, modulo 11. */
function isHongKongId(value: string): boolean {
  const plain = value.replaceAll(/[()]/g, '');
  const body = plain.slice(0, -1).padStart(8, ' ');
  const digitOf = (character: string): number => (character === ' ' ? 36 : Number.parseInt(character, 36));
  const sum = [...body].reduce((total, character, at) => total + digitOf(character) * (9 - at), 0);
  const check = (11 - (sum % 11)) % 11;
  return plain.at(-1) === (check === 10 ? 'A' : String(check));
}

/** ISO/IEC 7812: the Luhn formula of card numbers. */
function isLuhn(value: string): boolean {
  const sum = [...value].reverse().reduce((total, digit, at) => {
    const doubled = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
