import {
  ApiOutlined,
  AppstoreOutlined,
  AuditOutlined,
  BankOutlined,
  BarChartOutlined,
  BellOutlined,
  CarryOutOutlined,
  DashboardOutlined,
  ExperimentOutlined,
  FileDoneOutlined,
  FileProtectOutlined,
  FileTextOutlined,
  GlobalOutlined,
  HomeOutlined,
  InboxOutlined,
  KeyOutlined,
  MessageOutlined,
  ReconciliationOutlined,
  SafetyCertificateOutlined,
  SettingOutlined,
  ShopOutlined,
  SolutionOutlined,
  TagsOutlined,
  TeamOutlined,
  UnlockOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import type { nav } from '../locales/en/nav.js';
import type { Persona } from './page-state.js';
import type { PathOfPage } from './router-paths.js';

/** One entry of the navigation. */
export interface Place {
  readonly to: PathOfPage;
  readonly label: keyof typeof nav;
  readonly Icon: ComponentType<{ 'aria-hidden'?: boolean }>;
}

export interface PlaceGroup {
  /** `work` stands first and without a title. */
  readonly title: 'work' | 'developers' | 'exchange';
  readonly places: readonly Place[];
}

const HOME: Place = { to: '/', label: 'home', Icon: HomeOutlined };
const CATALOG: Place = { to: '/catalog', label: 'catalog', Icon: AppstoreOutlined };
const CONTRACTS: Place = { to: '/contracts', label: 'contracts', Icon: FileDoneOutlined };
const INVOICES: Place = { to: '/invoices', label: 'invoices', Icon: FileTextOutlined };
const DEMAND: Place = { to: '/demand', label: 'demand', Icon: MessageOutlined };
const DECLARATIONS: Place = { to: '/declarations', label: 'declarations', Icon: FileProtectOutlined };
const SANDBOX_REVIEWS: Place = { to: '/sandbox/reviews', label: 'sandboxReviews', Icon: ExperimentOutlined };
const DEVELOPERS: readonly Place[] = [
  { to: '/developers/keys', label: 'keys', Icon: KeyOutlined },
  { to: '/developers/webhooks', label: 'webhooks', Icon: BellOutlined },
  { to: '/developers/logs', label: 'logs', Icon: ApiOutlined },
];
const EXCHANGE: readonly Place[] = [
  { to: '/customs/check', label: 'customsCheck', Icon: GlobalOutlined },
  { to: '/proofs', label: 'proofs', Icon: SafetyCertificateOutlined },
  { to: '/settings', label: 'settings', Icon: SettingOutlined },
];

/** What each role comes for, the daily first. A new screen gets its line here. */
const WORK: Readonly<Record<Persona, readonly Place[]>> = {
  buyer: [
    HOME,
    CATALOG,
    { to: '/requests', label: 'requests', Icon: AuditOutlined },
    CONTRACTS,
    { to: '/access', label: 'access', Icon: UnlockOutlined },
    { to: '/sandbox', label: 'sandbox', Icon: ExperimentOutlined },
    { to: '/usage', label: 'usage', Icon: BarChartOutlined },
    INVOICES,
    DEMAND,
  ],
  merchant: [
    HOME,
    { to: '/merchant/requests', label: 'accessRequests', Icon: AuditOutlined },
    { to: '/merchant/listings', label: 'myListings', Icon: ShopOutlined },
    { to: '/merchant/offers', label: 'offers', Icon: TagsOutlined },
    CONTRACTS,
    { to: '/merchant/usage', label: 'usage', Icon: BarChartOutlined },
    SANDBOX_REVIEWS,
    { to: '/merchant/payouts', label: 'payouts', Icon: BankOutlined },
    DECLARATIONS,
    DEMAND,
    CATALOG,
    { to: '/merchant/onboarding', label: 'onboarding', Icon: SolutionOutlined },
  ],
  operator: [
    HOME,
    { to: '/ops/inbox', label: 'inbox', Icon: InboxOutlined },
    { to: '/ops/listings', label: 'listingReview', Icon: AuditOutlined },
    { to: '/ops/clearance', label: 'clearance', Icon: CarryOutOutlined },
    SANDBOX_REVIEWS,
    { to: '/ops/reconciliation', label: 'reconciliation', Icon: ReconciliationOutlined },
    { to: '/ops/participants', label: 'participants', Icon: TeamOutlined },
    { to: '/ops/disputes', label: 'disputes', Icon: MessageOutlined },
    { to: '/ops/rules', label: 'rules', Icon: GlobalOutlined },
    { to: '/ops/fees', label: 'fees', Icon: TagsOutlined },
    { to: '/ops/system', label: 'system', Icon: DashboardOutlined },
    CATALOG,
    CONTRACTS,
    INVOICES,
    DECLARATIONS,
  ],
  auditor: [
    HOME,
    { to: '/audit/verify', label: 'verify', Icon: SafetyCertificateOutlined },
    { to: '/audit', label: 'audit', Icon: AuditOutlined },
    { to: '/audit/cases', label: 'auditCases', Icon: ReconciliationOutlined },
    SANDBOX_REVIEWS,
    CATALOG,
    CONTRACTS,
    INVOICES,
    DECLARATIONS,
  ],
};

function unique(places: readonly Place[]): readonly Place[] {
  return places.filter((place, index) => places.findIndex((other) => other.to === place.to) === index);
}

/** The places of somebody with these roles, each once. */
export function navigationFor(personas: readonly Persona[]): readonly PlaceGroup[] {
  const developer = personas.includes('buyer') || personas.includes('merchant');
  return [
    { title: 'work', places: unique(personas.flatMap((persona) => WORK[persona])) },
    ...(developer ? [{ title: 'developers' as const, places: DEVELOPERS }] : []),
    { title: 'exchange', places: EXCHANGE },
  ];
}
