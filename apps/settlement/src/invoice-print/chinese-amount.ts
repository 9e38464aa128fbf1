import { currencyDigits, type Money } from '@hetao/kernel';

/** Which characters: simplified on the mainland, traditional in Hong Kong and Macao. */
export type ChineseScript = 'zh-Hans' | 'zh-Hant';

interface Words {
  readonly digits: string;
  readonly myriad: string;
  readonly hundredMillion: string;
  readonly negative: string;
  readonly currencies: Readonly<Record<Money['currency'], string>>;
}

const HUNDRED_MILLION = 100_000_000n;
const MYRIAD = 10_000n;
/** Alike in both scripts. */
const PLACES = ['', '拾', '佰', '仟'] as const;

const WORDS: Readonly<Record<ChineseScript, Words>> = {
  'zh-Hans': {
    digits: '零壹贰叁肆伍陆柒捌玖',
    myriad: '万',
    hundredMillion: '亿',
    negative: '负',
    currencies: {
      CNY: '人民币',
      HKD: '港币',
      MOP: '澳门币',
      USD: '美元',
      SGD: '新加坡币',
      MYR: '马来西亚币',
      VND: '越南盾',
      GBP: '英镑',
    },
  },
  'zh-Hant': {
    digits: '零壹貳參肆伍陸柒捌玖',
    myriad: '萬',
    hundredMillion: '億',
    negative: '負',
    currencies: {
      CNY: '人民幣',
      HKD: '港幣',
      MOP: '澳門幣',
      USD: '美元',
      SGD: '新加坡幣',
      MYR: '馬來西亞幣',
      VND: '越南盾',
      GBP: '英鎊',
    },
  },
};

/**
 * An amount in the capital numerals of Chinese accounts, which cannot be altered by a stroke: 人民币贰仟零捌拾陆元玖角玖分.
 * Follows the rules for filling in bills (支付结算办法, annex 1): one 零 for zeros between digits, 整 after 元 or 角 when no
 * 分 follows.
 */
export function amountInChinese({ amountMinor, currency }: Money, script: ChineseScript): string {
  const words = WORDS[script];
  const absolute = amountMinor < 0n ? -amountMinor : amountMinor;
  const scale = 10n ** BigInt(currencyDigits[currency]);
  const sign = amountMinor < 0n ? words.negative : '';
  const hundredths = ((absolute % scale) * 100n) / scale;
  const yuan = absolute / scale;
  return `${words.currencies[currency]}${sign}${wholePart(yuan, hundredths, words)}${fraction(yuan, hundredths, words)}`;
}

function wholePart(yuan: bigint, hundredths: bigint, words: Words): string {
  if (yuan > 0n) return `${whole(yuan, words)}元`;
  return hundredths === 0n ? `${digit(0n, words)}元` : '';
}

function fraction(yuan: bigint, hundredths: bigint, words: Words): string {
  const [jiao, fen] = [hundredths / 10n, hundredths % 10n];
  const tenths = jiao > 0n ? `${digit(jiao, words)}角` : '';
  if (fen === 0n) return `${tenths}整`;
  const gap = jiao === 0n && yuan > 0n ? digit(0n, words) : '';
  return `${tenths}${gap}${digit(fen, words)}分`;
}

/** Any whole number above zero; beyond 10^16 the hundred-millions are counted by the hundred-million. */
function whole(value: bigint, words: Words): string {
  if (value < HUNDRED_MILLION) return belowHundredMillion(value, words);
  const rest = value % HUNDRED_MILLION;
  const gap = rest > 0n && rest < HUNDRED_MILLION / 10n ? digit(0n, words) : '';
  const tail = rest === 0n ? '' : `${gap}${belowHundredMillion(rest, words)}`;
  return `${whole(value / HUNDRED_MILLION, words)}${words.hundredMillion}${tail}`;
}

function belowHundredMillion(value: bigint, words: Words): string {
  if (value < MYRIAD) return belowMyriad(value, words);
  const rest = value % MYRIAD;
  const gap = rest > 0n && rest < MYRIAD / 10n ? digit(0n, words) : '';
  const tail = rest === 0n ? '' : `${gap}${belowMyriad(rest, words)}`;
  return `${belowMyriad(value / MYRIAD, words)}${words.myriad}${tail}`;
}

function belowMyriad(value: bigint, words: Words): string {
  let text = '';
  let gap = false;
  for (let place = 3; place >= 0; place -= 1) {
    const here = (value / 10n ** BigInt(place)) % 10n;
    if (here === 0n) {
      gap = text !== '';
      continue;
    }
    text += `${gap ? digit(0n, words) : ''}${digit(here, words)}${PLACES[place] ?? ''}`;
    gap = false;
  }
  return text;
}

function digit(value: bigint, { digits }: Words): string {
  return digits[Number(value)] ?? '';
}
