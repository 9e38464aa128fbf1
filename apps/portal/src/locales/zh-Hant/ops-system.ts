import type { Words } from '../../i18n/words.js';
import type { opsSystem as english } from '../en/ops-system.js';

export const opsSystem: Words<typeof english> = {
  lead: '帳簿、日誌及跨境節點目前是否可信。',
  noAlarm: '沒有警報',
  acknowledge: '確認',
  acknowledgeHint: '請說明處理情況，警報會保留在歷史中。',
  acknowledged: '警報已確認',
  logAlarm: {
    checkpoint_untrusted: '檢查點並非由該日誌簽署',
    wrong_log: '應答的是另一日誌',
    rolled_back: '日誌被回退',
    fork: '日誌出現分叉',
    sighting_untrusted: '見證不可信',
  },
  audits: '帳簿審計',
  noAudit: '尚未核查。首次核查將在今晚進行，也可立即核查。',
  auditsHint: '每晚根據分錄重新計算全部餘額與雜湊鏈。',
  auditNow: '立即審計',
  audited: '審計完成',
  at: '時間',
  result: '結果',
  findings_other: '{{count}} 項發現',
  transactions: '交易筆數',
  chain: '鏈已校驗',
  peers: '互相見證的節點',
  noPeers: '未設定其他節點。',
  log: '日誌',
  unwitnessed: '尚未見證的葉',
  seen: '最近查看',
};
