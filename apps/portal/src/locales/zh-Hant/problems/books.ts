import type { ProblemWords } from '../../../i18n/words.js';
import type { booksProblems as hans } from '../../zh-Hans/problems/books.js';

/** Periods, the ledger, usage and budgets. */
export const booksProblems = {
  USAGE_PERIOD_CONFLICT: {
    title: '該許可當月的用量先前以不同合計報過',
    fix: '已結帳月份的用量，請在未結帳月份以調整更正。',
  },
  USAGE_OUT_OF_ORDER: { title: '該許可較晚的月份已先計價', fix: '較早月份的用量請以調整更正。' },
  PERIOD_TABLE_TOO_LONG: { title: '表格太長，不能以此格式導出', fix: '請改用 CSV。' },
  POSTING_INVALID: { title: '分錄格式不正確', fix: '至少一借一貸，金額大於零。' },
  POSTING_UNBALANCED: { title: '分錄借貸不平', fix: '使每種貨幣的借貸相等。' },
  MOVEMENT_NOT_PERMITTED: { title: '不允許這樣記帳', fix: '使用該業務允許的科目和方向。' },
  LEDGER_LIMIT_REACHED: { title: '記帳會使帳戶變為反方向', fix: '不要超過帳戶餘額。' },
  LEDGER_PERIOD_CLOSED: { title: '該日期所在月份已結帳', fix: '在未結帳月份記調整，並註明原月份。' },
  LEDGER_NOT_SEALED: { title: '這筆帳尚未封存', fix: '幾秒後再試。' },
  ADJUSTMENT_CONFLICT: { title: '這項調整先前以不同內容報過', fix: '另立一項調整說明差額。' },
  ADJUSTMENT_TOO_LATE: { title: '應計入差額的月份已開票', fix: '在該月未結帳時作廢發票，或計入以後的月份。' },
  PERIOD_MALFORMED: { title: '月份寫法不正確', fix: '月份寫作 YYYY-MM，時區寫名稱。' },
  PERIOD_NOT_FOUND: { title: '結算尚不知道這個月份', fix: '先結清該月用量；幾秒內即可到達。' },
  PERIOD_ZONE_CONFLICT: { title: '該月已按另一時區記錄', fix: '同一月份的用量請用同一時區結清。' },
  PERIOD_USAGE_INCOMPLETE: { title: '當月用量尚未全部到達', fix: '結清該月用量，等所列用量到達後再試。' },
  PERIOD_NOT_READY: { title: '這個月還不能結帳', fix: '逐項處理所列事項後再結帳；已完成的不會重做。' },
  PERIOD_CLOSED: { title: '該月已結帳', fix: '遲到的項目在未結帳月份以調整計收。' },
  USAGE_TOTALS_INVALID: { title: '用量合計無法計價', fix: '每個計量項只填一次，數量不小於零。' },
  BUDGET_INVALID: {
    title: '預算不能這樣設',
    fix: '修正所指出的地方：許可所含的計量項、大於零的上限、1 至 1000 的提醒百分比。',
  },
  BUDGET_UNKNOWN: { title: '沒有這項預算', fix: '從該許可的預算中選擇。' },
  BUDGETS_EXHAUSTED: { title: '該許可的預算已達上限', fix: '先結束其中一項。' },
  USAGE_BUDGET_REACHED: { title: '硬性預算已用完', fix: '等下一週期，或請買方提高或結束預算。' },
  USAGE_QUERY_INVALID: { title: '不能這樣查詢用量', fix: '修正所指出的地方：起止時間、時間窗或維度。' },
  USAGE_QUERY_TOO_LARGE: { title: '查詢結果太大', fix: '縮短時間、放大時間窗或減少分組，或導出記錄。' },
  USAGE_QUERY_TOO_SLOW: { title: '查詢耗時太久', fix: '縮短時間再試。' },
  USAGE_PERIOD_INVALID: { title: '月份寫法不正確', fix: '月份寫作 YYYY-MM。' },
  USAGE_PERIOD_NOT_ENDED: { title: '當月尚未結束', fix: '月份結束後再結清。' },
  USAGE_PERIOD_NOT_COUNTED: { title: '結清前的用量仍在計數', fix: '稍後再試一次。' },
  USAGE_AGREEMENT_UNKNOWN: { title: '沒有對你開放的這份許可', fix: '選擇貴機構的許可；剛簽署的請稍候。' },
  CORRECTION_NEEDS_OTHER_EYES: { title: '提出更正的人不能決定', fix: '請另一位營運人員決定。' },
} as const satisfies Record<keyof typeof hans, ProblemWords>;
