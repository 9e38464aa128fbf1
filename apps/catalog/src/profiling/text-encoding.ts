/** Encodings a text file may be in. */
export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5'] as const;
export type Encoding = (typeof encodings)[number];

const BYTE_ORDER_MARKS: readonly (readonly [mark: readonly number[], encoding: Encoding])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/**
 * The most frequent characters of written Chinese, simplified and traditional, with its punctuation. Bytes read in the
 * wrong encoding of Chinese give rare characters; in the right one, a good part of these.
 */
const FREQUENT = new Set(
  '的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年过過发發后後作里裡用道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心她本前开開但因只从從想实實日军軍者意无無力它与與长長把机機十民第公此已工使情明性知全三又关關点點正业業外将將两兩高间間由问問很最重并並物手应應战戰向头頭文体體政美相见見被利什二等产產或新己制身果加西斯月话話合回特代内內信表化老给給世位次度门門任常先海通教儿兒原东東声聲提立及比员員解水名真论論处處走义義各入几幾口认認条條平系系气氣题題活尔爾更别別打女变變四神总總何电電数數安少报報才结結反受目太量再感建务務做接必场場件计計管期市直德资資命山金指克许許统統区區保至队隊形社便空决決治展马馬科司五基眼书書非则則听聽白却卻界达達光放强強即像难難且权權思王象完设設式色路记記南品住告类類求据據程北边邊死张張该該交规規万萬取拉格望觉覺术術领領共确確传傳师師观觀清今切院让讓识識候带帶导導争爭运運姓名性别性別日期地址电话電話号碼号码編號编号年龄年齡医醫药藥患者病，。、：；（）「」',
);
const SAMPLE_MIN_SHARE = 0.08;
/** How much likelier the better reading must be. */
const CLEARLY = 1.6;

/** The encoding a byte order mark names, and how long the mark is. */
export function markedEncoding(
  bytes: Uint8Array,
): { readonly encoding: Encoding; readonly length: number } | undefined {
  const found = BYTE_ORDER_MARKS.find(([mark]) => mark.every((byte, at) => bytes[at] === byte));
  return found && { encoding: found[1], length: found[0].length };
}

/**
 * The encoding of a text, by its beginning; undefined where it could be several, so that its sender must say.
 *
 * @param sample the first bytes of the file; it may end within a character.
 */
export function guessEncoding(sample: Uint8Array): Encoding | undefined {
  const marked = markedEncoding(sample);
  if (marked !== undefined) return marked.encoding;
  if (reading(sample, 'utf-8') !== undefined) return 'utf-8';
  const likelihoods = (['gb18030', 'big5'] as const)
    .map((encoding) => ({ encoding, share: frequentShare(reading(sample, encoding)) }))
    .sort((one, other) => other.share - one.share);
  const [best, second] = likelihoods;
  if (best === undefined || second === undefined || best.share < SAMPLE_MIN_SHARE) return undefined;
  return best.share >= second.share * CLEARLY ? best.encoding : undefined;
}

/** The text, or undefined where the bytes cannot be that encoding. */
function reading(sample: Uint8Array, encoding: Encoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(sample, { stream: true });
  } catch {
    return undefined;
  }
}

/** The share of frequent characters among those beyond ASCII. */
function frequentShare(text: string | undefined): number {
  let beyond = 0;
  let frequent = 0;
  for (const character of text ?? '') {
    if (character <= '\u007f') continue;
    beyond += 1;
    if (FREQUENT.has(character)) frequent += 1;
  }
  return beyond === 0 ? 0 : frequent / beyond;
}
