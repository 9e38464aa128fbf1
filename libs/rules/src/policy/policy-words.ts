import type { LocalizedText } from '@hetao/kernel';
import type { OperandName } from './vocabulary.js';

const say = (en: string, hans: string, hant: string): LocalizedText => ({ en, 'zh-Hans': hans, 'zh-Hant': hant });

/** What a left operand is called, as the subject of a sentence. */
export const operandWords: Readonly<Record<OperandName, LocalizedText>> = {
  purpose: say('the purpose', '用途', '用途'),
  spatial: say('the place of use', '使用地', '使用地'),
  recipient: say('the recipient', '接收方', '接收方'),
  dateTime: say('the time of use', '使用时间', '使用時間'),
  elapsedTime: say('the time since the agreement was made', '自协议订立起的时长', '自協議訂立起的時長'),
  count: say('the number of uses', '使用次数', '使用次數'),
};

/** What an action is called, after "may" and "must not". */
export const actionWords: Readonly<Record<string, LocalizedText>> = {
  use: say('use the data', '使用数据', '使用數據'),
  transfer: say('transfer ownership of the data', '转让数据', '轉讓數據'),
  sell: say('sell the data', '出售数据', '出售數據'),
  give: say('give the data away', '赠与数据', '贈與數據'),
  distribute: say('pass the data on to others', '向第三方再提供数据', '向第三方再提供數據'),
  derive: say('derive new data from it', '以数据加工形成新数据', '以數據加工形成新數據'),
  aggregate: say('combine the data with other data', '与其他数据汇聚', '與其他數據匯聚'),
  anonymize: say('anonymise the data', '将数据匿名化', '將數據匿名化'),
  archive: say('archive the data', '归档保存数据', '歸檔保存數據'),
  delete: say('delete the data', '删除数据', '刪除數據'),
  read: say('read the data', '读取数据', '讀取數據'),
  display: say('display the data', '展示数据', '展示數據'),
  print: say('print the data', '打印数据', '列印數據'),
  stream: say('stream the data', '以流方式获取数据', '以串流方式獲取數據'),
  reproduce: say('copy the data', '复制数据', '複製數據'),
  modify: say('change the data', '修改数据', '修改數據'),
  inform: say('inform the merchant', '通知数据商', '通知數據商'),
  attribute: say('name the source of the data', '注明数据来源', '註明數據來源'),
  compensate: say('pay for the data', '支付价款', '支付價款'),
  obtainConsent: say('obtain consent first', '事先取得同意', '事先取得同意'),
  reviewPolicy: say('review this policy', '复核本政策', '覆核本政策'),
  watermark: say('watermark the data', '为数据加注水印', '為數據加註水印'),
};

/** What places are called. */
const placeWords: Readonly<Record<string, LocalizedText>> = {
  CN: say('mainland China', '中国内地', '中國內地'),
  HK: say('Hong Kong', '香港', '香港'),
  MO: say('Macao', '澳门', '澳門'),
  SG: say('Singapore', '新加坡', '新加坡'),
  MY: say('Malaysia', '马来西亚', '馬來西亞'),
  VN: say('Vietnam', '越南', '越南'),
  GB: say('the United Kingdom', '英国', '英國'),
  US: say('the United States', '美国', '美國'),
};

/** What a place is called; a code nobody named here stands for itself. */
export function placeName(code: string): LocalizedText {
  return placeWords[code] ?? say(code, code, code);
}
