import type { Words } from '../../i18n/words.js';
import type { opsSystem as english } from '../en/ops-system.js';

export const opsSystem: Words<typeof english> = {
  lead: '账簿、日志及跨境节点当前是否可信。',
  noAlarm: '没有警报',
  acknowledge: '确认',
  acknowledgeHint: '请说明处理情况，警报会保留在历史中。',
  acknowledged: '警报已确认',
  logAlarm: {
    checkpoint_untrusted: '检查点并非由该日志签名',
    wrong_log: '应答的是另一日志',
    rolled_back: '日志被回退',
    fork: '日志出现分叉',
    sighting_untrusted: '见证不可信',
  },
  audits: '账簿审计',
  noAudit: '尚未核查。首次核查将在今晚进行，也可立即核查。',
  auditsHint: '每晚根据分录重新计算全部余额与哈希链。',
  auditNow: '立即审计',
  audited: '审计完成',
  at: '时间',
  result: '结果',
  findings_other: '{{count}} 项发现',
  transactions: '交易笔数',
  chain: '链已校验',
  peers: '互相见证的节点',
  noPeers: '未配置其他节点。',
  log: '日志',
  unwitnessed: '尚未见证的叶',
  seen: '最近查看',
};
