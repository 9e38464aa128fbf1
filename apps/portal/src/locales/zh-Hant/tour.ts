import type { Words } from '../../i18n/words.js';
import type { tour as english } from '../en/tour.js';

export const tour: Words<typeof english> = {
  start: '新手導覽',
  invite: '初次使用？幾張卡片帶你了解一天的工作。',
  decline: '不用了',
  of: '第 {{step}} 步，共 {{all}} 步',
  skip: '略過導覽',
  back: '上一步',
  next: '下一步',
  finish: '完成',
  card: {
    home: {
      title: '從這裏開始',
      text: '需要你處理的排在最前，點擊即可前往辦理。',
    },
    find: {
      title: '尋找數據',
      text: '可用英文、繁簡中文或拼音搜尋。產品頁在你申請之前就說明能否跨境交付給你。',
    },
    sign: {
      title: '簽署雙方同意的許可',
      text: '申請不約束任何一方。數據商同意後，許可在此等待雙方簽署。',
    },
    use: {
      title: '使用數據',
      text: '生效的許可、其目的，以及數據海關是否已放行。可用密鑰調用，或在沙箱中使用。',
    },
    recompute: {
      title: '核對每張發票',
      text: '每一行都可打開對應的使用記錄，並可在瀏覽器中重新計算當月費用。',
    },
    list: {
      title: '掛牌產品',
      text: '可用嚮導填寫，也可用檔案，兩者一致。審核人會在相應欄位旁提出意見。',
    },
    answer: {
      title: '答覆買方',
      text: '每項申請旁列出你的使用條款給出的判斷。可同意、另提要約或拒絕。',
    },
    declare: {
      title: '跨境申報',
      text: '跨境許可會自動開立申報。在此查看輪到誰辦理、期限還有多久。',
    },
    paid: {
      title: '收款',
      text: '從總額到到帳金額：費用、稅款和匯率，每一項都可打開明細。',
    },
    queues: {
      title: '等待你處理的一切',
      text: '每個隊列一行，註明最早的事項等了多久；逾期的標為紅色。',
    },
    inbox: {
      title: '統一待辦',
      text: '所有隊列合為一張清單：有期限的在前，其次是最早的。打開事項即可辦理。',
    },
    clear: {
      title: '數據海關',
      text: '申報按所在環節排列。錄入決定的人不能放行，須由另一位人員放行。',
    },
    reconcile: {
      title: '對帳與結帳',
      text: '先匹配銀行流水，再結帳。仍未完成的事項會逐一列出，並可直接前往處理。',
    },
    trust: {
      title: '是否可信',
      text: '帳簿每晚核查，日誌由另一節點監督，警報顯示在此處。',
    },
    auditHome: {
      title: '無須憑信任',
      text: '警報、最近一次帳簿核查，以及銀行尚未對上的款項。',
    },
    search: {
      title: '誰做了甚麼',
      text: '按人員、對象或請求搜尋。每條記錄都帶有上一條的雜湊。',
    },
    verify: {
      title: '驗證回執',
      text: '貼上回執：簽名、收錄與一致性均在你的瀏覽器中逐步計算。',
    },
    perform: {
      title: '重新執行',
      text: '按種子抽取發票並逐行重新計算，工作底稿可匯出保存。',
    },
  },
};
