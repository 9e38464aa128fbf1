import type { OrganisationSeed } from './seed-types.js';
import { text } from './words.js';

/** Who licenses and uses data; the Hong Kong university comes first. */
export const buyers: readonly OrganisationSeed[] = [
  {
    slug: 'university',
    name: text('Tai Mo Shan University, Hong Kong', '香港大帽山大学', '香港大帽山大學'),
    jurisdiction: 'HK',
  },
  {
    slug: 'shekou-pharma',
    name: text('Shekou BioPharma Research', '蛇口生物医药研究', '蛇口生物醫藥研究'),
    jurisdiction: 'CN',
  },
  {
    slug: 'guia-institute',
    name: text('Guia Medical Research Institute', '东望洋医学研究所', '東望洋醫學研究所'),
    jurisdiction: 'MO',
  },
  {
    slug: 'causeway-bank',
    name: text('Causeway Trade Bank', '铜锣湾贸易银行', '銅鑼灣貿易銀行'),
    jurisdiction: 'HK',
  },
  {
    slug: 'lantau-lines',
    name: text('Lantau Container Lines', '大屿集装箱航运', '大嶼貨櫃航運'),
    jurisdiction: 'HK',
  },
  {
    slug: 'raintree-fund',
    name: text('Raintree Infrastructure Fund', '雨树基础设施基金', '雨樹基建基金'),
    jurisdiction: 'SG',
  },
  {
    slug: 'cam-valley',
    name: text('Cam Valley Therapeutics', '剑河谷医药', '劍河谷醫藥'),
    jurisdiction: 'GB',
  },
  {
    slug: 'hudson-freight',
    name: text('Hudson Freight Analytics', '哈得孙货运分析', '哈德遜貨運分析'),
    jurisdiction: 'US',
  },
  {
    slug: 'perak-electronics',
    name: text('Perak Electronics Assembly', '霹雳电子装配', '霹靂電子裝配'),
    jurisdiction: 'MY',
  },
];

/** Who brings buyers and is paid a part of the fee. */
export const channelPartners: readonly OrganisationSeed[] = [
  { slug: 'cotai', name: text('Cotai Channel Partners', '路氹渠道伙伴', '路氹渠道夥伴'), jurisdiction: 'MO' },
  { slug: 'admiralty', name: text('Admiralty Data Brokers', '金钟数据经纪', '金鐘數據經紀'), jurisdiction: 'HK' },
  { slug: 'marina', name: text('Marina Data Alliance', '滨海湾数据联盟', '濱海灣數據聯盟'), jurisdiction: 'SG' },
];

/** An audit firm of its own, independent of everybody who trades. */
export const auditors: readonly OrganisationSeed[] = [
  { slug: 'deep-bay', name: text('Deep Bay Assurance', '后海湾鉴证', '後海灣鑑證'), jurisdiction: 'HK' },
];

/** A merchant who has applied and waits for the operator. */
export const applicant: OrganisationSeed = {
  slug: 'sham-chun-robotics',
  name: text('Sham Chun Robotics Data', '深圳河机器人数据', '深圳河機械人數據'),
  jurisdiction: 'CN',
};

/** A merchant whom the operator had to stop. */
export const suspended: OrganisationSeed & { readonly reason: string } = {
  slug: 'golden-lychee',
  name: text('Golden Lychee Marketing Lists', '金荔营销名录', '金荔營銷名錄'),
  jurisdiction: 'CN',
  reason: 'Offered lists of contacts without proof that the people on them agreed.',
};
