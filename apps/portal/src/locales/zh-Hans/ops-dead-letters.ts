import type { Words } from '../../i18n/words.js';
import type { opsDeadLetters as english } from '../en/ops-dead-letters.js';

export const opsDeadLetters: Words<typeof english> = {
  title: '死信',
  lead: '服务多次尝试仍无法处理的事件；其后的事件已继续处理。',
  none: '没有死信',
  noneHint: '所有事件均已处理。始终无法处理的事件会出现在这里并触发警报。',
  unheard: '{{services}} 没有应答，其死信未列出。',
  service: '服务',
  key: '键',
  failed: '搁置时间',
  attempts: '尝试次数',
  trace: '追踪',
  asked: '请求',
  confirmed: '确认人',
  event: '事件与全部原因',
  masked: '由人书写的文字不予显示（•••）。',
  unreadable: '不是 JSON 对象。',
  replay: '重放',
  replayHint: '请先排除原因。服务会在原有顺序之外重新处理该事件；再次失败则会回到这里。',
  replaying: '服务正在重新处理',
  propose: '提议丢弃',
  confirm: '确认丢弃',
  discardHint: '该事件应有的效果将永远不会发生。需两名运营人员，均记入审计。',
  proposed: '已提议，待另一名运营人员确认',
  discardNoted: '您的意见已记录',
};
