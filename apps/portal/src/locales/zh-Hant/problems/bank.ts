import type { ProblemWords } from '../../../i18n/words.js';
import type { bankProblems as hans } from '../../zh-Hans/problems/bank.js';

/** Bank statements, what matches nothing, rates and payouts. */
export const bankProblems = {
  EXCEPTION_NOT_FOUND: { title: '沒有這條差異', fix: '重新整理差異列表後再選。' },
  EXCEPTION_RESOLVED: { title: '這條差異已處理', fix: '重新查看處理結果；匹配可以撤銷。' },
  EXCEPTION_ACTION_UNFIT: { title: '不能這樣處理這條差異', fix: '選擇與該流水的方向、幣種和金額相符的操作。' },
  ALLOCATION_INVALID: {
    title: '分配與流水不符',
    fix: '每張發票只填一次，不超過其未付金額，幣種相同；餘額須說明去向。',
  },
  WRITE_OFF_NOT_OPEN: { title: '沒有待批准的核銷', fix: '先提出核銷。' },
  WRITE_OFF_SAME_PERSON: { title: '提出核銷的人不能批准', fix: '請另一位營運人員批准。' },
  MATCH_NOT_FOUND: { title: '沒有這項匹配', fix: '從流水或單據所列的匹配中選擇。' },
  MATCH_NOT_REVERSIBLE: { title: '這項匹配不能撤銷', fix: '它已撤銷、已在結帳月份內，或屬於被退回的付款。' },
  SUGGESTION_NOT_OPEN: { title: '這項建議已失效', fix: '重新打開差異，查看現有建議。' },
  CREDIT_TOO_SMALL: { title: '買方的餘額不足', fix: '最多使用買方帳上的餘額。' },
  RATE_FILE_MALFORMED: {
    title: '檔案中沒有可讀的匯率',
    fix: '使用歐洲央行每日 XML，或表頭為 date,base,quote,side,rate,inverse,source 的 CSV。',
  },
  RATE_INVALID: { title: '檔案中的匯率不成立', fix: '匯率與其倒數須大於零且相互吻合，幣種須為本所幣種。' },
  RATE_CONFLICT: { title: '該幣對、來源和日期已有另一匯率', fix: '已使用的匯率不得更改；更正請以另一來源導入。' },
  RATE_MISSING: { title: '沒有該幣對在該日的匯率', fix: '先在「費率」頁導入匯率，再試。' },
  PAYOUT_NOT_FOUND: { title: '沒有這筆結算付款', fix: '核對編號；「付款」頁列出你的付款。' },
  PAYMENTS_NONE: { title: '沒有等待付款的款項', fix: '先發起結算付款。' },
  PAYMENT_TOO_LARGE: { title: '款項超出一個檔案的上限', fix: '與銀行約定其他方式。' },
  BANK_DETAILS_NOT_FOUND: { title: '沒有這份銀行資料', fix: '核對編號。' },
  BANK_DETAILS_DECIDED: { title: '銀行資料已有決定', fix: '請重新提出。' },
  BANK_DETAILS_PENDING: { title: '該機構另有銀行資料待決定', fix: '先批准或拒絕那一份。' },
  BANK_DETAILS_SAME_PERSON: { title: '提出銀行資料的人不能批准', fix: '請另一位營運人員核對並批准。' },
  PARTY_FORBIDDEN: { title: '這不是貴機構', fix: '只能為貴機構提出銀行資料。' },
  STATEMENT_XML_INVALID: { title: '對帳單不是完整的 XML', fix: '原樣上載銀行提供的檔案：完整、未改動。' },
  STATEMENT_XML_FORBIDDEN: { title: '對帳單含有不應有的 XML 內容', fix: '去掉 DOCTYPE、實體聲明和處理指令。' },
  STATEMENT_ENCODING_UNKNOWN: { title: '檔案編碼不符', fix: '選擇銀行所用的編碼，例如 GB18030、Big5 或 UTF-8。' },
  STATEMENT_TOO_LARGE: { title: '對帳單太大', fix: '向銀行索取時間較短的對帳單。' },
  STATEMENT_FORMAT_UNSUPPORTED: {
    title: '不支援這種檔案格式',
    fix: '上載 camt.052/053/054、MT940、MT942，或選好對應表的 CSV。',
  },
  STATEMENT_ELEMENT_INVALID: {
    title: '對帳單缺少或寫錯了一項內容',
    fix: '請銀行更正所指出的項目；行號從檔案首行算起。',
  },
  STATEMENT_CURRENCY_MIXED: { title: '對帳單混有多種貨幣', fix: '一份對帳單隻能是一個帳戶、一種貨幣。' },
  STATEMENT_UNBALANCED: {
    title: '對帳單金額不吻合',
    fix: '期初餘額加發生額應等於期末餘額：請重新向銀行索取完整的對帳單。',
  },
  STATEMENT_CONFLICT: {
    title: '這份對帳單先前以不同內容導入過',
    fix: '與銀行核對兩份檔案；更正後的對帳單須有自己的編號。',
  },
  STATEMENT_ARRIVING: { title: '這份對帳單正在導入', fix: '等導入完成。' },
  STATEMENT_OVERLAPS: { title: '檔案與該帳戶另一份對帳單的日期重疊', fix: '只導出缺少的日期。' },
  STATEMENT_GAP_NONE: { title: '這份對帳單之前沒有缺口', fix: '無須確認：它與前一份銜接，或是第一份。' },
  CSV_MAPPING_NOT_FOUND: { title: '沒有這個 CSV 對應表', fix: '從對應表列表中選擇。' },
  STATEMENT_NOT_FOUND: { title: '沒有這份對帳單', fix: '從對帳單列表中選擇。' },
  CREDIT_REFUND_BEYOND: { title: '買方的餘額不足以退款', fix: '最多退還買方帳上未被佔用的餘額。' },
} as const satisfies Record<keyof typeof hans, ProblemWords>;
