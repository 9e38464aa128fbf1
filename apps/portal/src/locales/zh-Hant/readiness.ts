import type { Words } from '../../i18n/words.js';
import type { readiness as english } from '../en/readiness.js';

export const readiness: Words<typeof english> = {
  title: '能否跨境取得？',
  place: '使用地',
  answer: {
    free: '可以，無須辦理手續',
    after_procedure: '可以，須辦理手續',
    depends: '取決於待定事實',
    person_decides: '由審核人員決定',
    no: '不可以',
  },
  days_other: '法定時限 {{count}} 個工作日',
  daysBetween: '法定時限 {{least}} 至 {{most}} 個工作日',
  extendable: '主管部門可依法延長。',
  latest: '今日提交，最遲決定日',
  papers_other: '須提交 {{count}} 份文件',
  why: '依據：規則與條文',
  assumed_other: '{{count}} 項假定',
};
