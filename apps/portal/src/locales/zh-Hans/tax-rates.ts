import type { Words } from '../../i18n/words.js';
import type { taxRates as english } from '../en/tax-rates.js';

export const taxRates: Words<typeof english> = {
  'cn-vat-6-2013': { name: '增值税，现代服务', source: '财税〔2013〕37号附件1第十二条' },
  'cn-vat-6-2016': { name: '增值税，现代服务', source: '财税〔2016〕36号附件1第十五条' },
  'cn-vat-6-2026': { name: '增值税，现代服务', source: '《增值税法》第十条第三项' },
  'cn-vat-export-2016': { name: '增值税，服务出口零税率', source: '财税〔2016〕36号附件4' },
  'hk-none': { name: '无增值税或消费税', source: '香港不征收流转税' },
  'mo-none': { name: '无增值税或消费税', source: '澳门不征收流转税' },
  'us-none': { name: '无联邦增值税', source: '联邦不征收流转税；各州销售税不在本表内' },
  'sg-gst-7-2007': { name: '消费税', source: '新加坡《1993年消费税法令》第16条' },
  'sg-gst-8-2023': { name: '消费税', source: '新加坡《1993年消费税法令》第16条（2022年修订）' },
  'sg-gst-9-2024': { name: '消费税', source: '新加坡《1993年消费税法令》第16条（2022年修订）' },
  'sg-gst-export': { name: '消费税，国际服务零税率', source: '新加坡《1993年消费税法令》第21(3)条' },
  'sg-gst-reverse-2020': { name: '消费税，买方自行申报', source: '新加坡《1993年消费税法令》第14条' },
  'my-sst-6-2018': { name: '服务税', source: '马来西亚《2018年服务税法令》第10条' },
  'my-sst-8-2024': { name: '服务税', source: '马来西亚《2024年服务税（税率）（修订）令》' },
  'vn-vat-10-2009': { name: '增值税', source: '越南第13/2008/QH12号法律第8条；临时减税不在本表内' },
  'gb-vat-20-2011': { name: '增值税', source: '英国《1994年增值税法》第2条' },
  'gb-vat-outside': { name: '增值税，不在征税范围（向境外企业提供的服务）', source: '英国《1994年增值税法》第7A条' },
  'gb-vat-reverse-2010': { name: '增值税，买方自行申报', source: '英国《1994年增值税法》第8条' },
};
