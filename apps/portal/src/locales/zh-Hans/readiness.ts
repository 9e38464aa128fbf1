import type { Words } from '../../i18n/words.js';
import type { readiness as english } from '../en/readiness.js';

export const readiness: Words<typeof english> = {
  title: '能否跨境取得？',
  place: '使用地',
  answer: {
    free: '可以，无需办理手续',
    after_procedure: '可以，需办理手续',
    depends: '取决于待定事实',
    person_decides: '由审核人员决定',
    no: '不可以',
  },
  days_other: '法定时限 {{count}} 个工作日',
  daysBetween: '法定时限 {{least}} 至 {{most}} 个工作日',
  extendable: '主管部门可依法延长。',
  latest: '今日提交，最迟决定日',
  papers_other: '需提交 {{count}} 份文件',
  why: '依据：规则与条文',
  assumed_other: '{{count}} 项假定',
};
