import type { Words } from '../../i18n/words.js';
import type { taxRates as english } from '../en/tax-rates.js';

export const taxRates: Words<typeof english> = {
  'cn-vat-6-2013': { name: '增值稅，現代服務', source: '財稅〔2013〕37號附件1第十二條' },
  'cn-vat-6-2016': { name: '增值稅，現代服務', source: '財稅〔2016〕36號附件1第十五條' },
  'cn-vat-6-2026': { name: '增值稅，現代服務', source: '《增值稅法》第十條第三項' },
  'cn-vat-export-2016': { name: '增值稅，服務出口零稅率', source: '財稅〔2016〕36號附件4' },
  'hk-none': { name: '沒有增值稅或消費稅', source: '香港不徵收流轉稅' },
  'mo-none': { name: '沒有增值稅或消費稅', source: '澳門不徵收流轉稅' },
  'us-none': { name: '沒有聯邦增值稅', source: '聯邦不徵收流轉稅；各州銷售稅不在本表內' },
  'sg-gst-7-2007': { name: '消費稅', source: '新加坡《1993年消費稅法令》第16條' },
  'sg-gst-8-2023': { name: '消費稅', source: '新加坡《1993年消費稅法令》第16條（2022年修訂）' },
  'sg-gst-9-2024': { name: '消費稅', source: '新加坡《1993年消費稅法令》第16條（2022年修訂）' },
  'sg-gst-export': { name: '消費稅，國際服務零稅率', source: '新加坡《1993年消費稅法令》第21(3)條' },
  'sg-gst-reverse-2020': { name: '消費稅，買方自行申報', source: '新加坡《1993年消費稅法令》第14條' },
  'my-sst-6-2018': { name: '服務稅', source: '馬來西亞《2018年服務稅法令》第10條' },
  'my-sst-8-2024': { name: '服務稅', source: '馬來西亞《2024年服務稅（稅率）（修訂）令》' },
  'vn-vat-10-2009': { name: '增值稅', source: '越南第13/2008/QH12號法律第8條；臨時減稅不在本表內' },
  'gb-vat-20-2011': { name: '增值稅', source: '英國《1994年增值稅法》第2條' },
  'gb-vat-outside': { name: '增值稅，不在徵稅範圍（向境外企業提供的服務）', source: '英國《1994年增值稅法》第7A條' },
  'gb-vat-reverse-2010': { name: '增值稅，買方自行申報', source: '英國《1994年增值稅法》第8條' },
};
