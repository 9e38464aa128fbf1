import type { Words } from '../../i18n/words.js';
import type { opsDeadLetters as english } from '../en/ops-dead-letters.js';

export const opsDeadLetters: Words<typeof english> = {
  title: '死信',
  lead: '服務多次嘗試仍無法處理的事件；其後的事件已繼續處理。',
  none: '沒有死信',
  noneHint: '所有事件均已處理。始終無法處理的事件會在此出現並觸發警報。',
  unheard: '{{services}} 沒有應答，其死信未列出。',
  service: '服務',
  key: '鍵',
  failed: '擱置時間',
  attempts: '嘗試次數',
  trace: '追蹤',
  asked: '請求',
  confirmed: '確認人',
  event: '事件與全部原因',
  masked: '由人書寫的文字不予顯示（•••）。',
  unreadable: '不是 JSON 物件。',
  replay: '重播',
  replayHint: '請先排除原因。服務會在原有次序之外重新處理該事件；再次失敗則會回到此處。',
  replaying: '服務正在重新處理',
  propose: '提議捨棄',
  confirm: '確認捨棄',
  discardHint: '該事件應有的效果將永遠不會發生。需兩名營運人員，均記入審計。',
  proposed: '已提議，待另一名營運人員確認',
  discardNoted: '您的意見已記錄',
};
