import { access } from './access.js';
import { auditCases } from './audit-cases.js';
import { auditSearch } from './audit-search.js';
import { auditVerify } from './audit-verify.js';
import { catalog } from './catalog.js';
import { contract } from './contract.js';
import { customsCheck } from './customs-check.js';
import { declaration } from './declaration.js';
import { demand } from './demand.js';
import { developers } from './developers.js';
import { home } from './home.js';
import { invoice } from './invoice.js';
import { kit } from './kit.js';
import { listing } from './listing.js';
import { merchantHome } from './merchant-home.js';
import { nav } from './nav.js';
import { news } from './news.js';
import { offers } from './offers.js';
import { onboarding } from './onboarding.js';
import { opsClearance } from './ops-clearance.js';
import { opsDeadLetters } from './ops-dead-letters.js';
import { opsDisputes } from './ops-disputes.js';
import { opsFees } from './ops-fees.js';
import { opsInbox } from './ops-inbox.js';
import { opsListings } from './ops-listings.js';
import { opsParticipants } from './ops-participants.js';
import { opsReconciliation } from './ops-reconciliation.js';
import { opsRules } from './ops-rules.js';
import { opsSystem } from './ops-system.js';
import { payouts } from './payouts.js';
import { persona } from './persona.js';
import { problem } from './problem.js';
import { product } from './product.js';
import { proofs } from './proofs.js';
import { queue } from './queue.js';
import { readiness } from './readiness.js';
import { recompute } from './recompute.js';
import { request } from './request.js';
import { sales } from './sales.js';
import { sandbox } from './sandbox.js';
import { sandboxReview } from './sandbox-review.js';
import { sandboxViewer } from './sandbox-viewer.js';
import { settings } from './settings.js';
import { shell } from './shell.js';
import { status } from './status.js';
import { taxRates } from './tax-rates.js';
import { terms } from './terms.js';
import { tour } from './tour.js';
import { usage } from './usage.js';

export const words = {
  access,
  auditCases,
  auditSearch,
  auditVerify,
  catalog,
  contract,
  customsCheck,
  declaration,
  demand,
  developers,
  home,
  invoice,
  kit,
  listing,
  merchantHome,
  nav,
  news,
  offers,
  onboarding,
  opsClearance,
  opsDeadLetters,
  opsDisputes,
  opsFees,
  opsInbox,
  opsListings,
  opsParticipants,
  opsReconciliation,
  opsRules,
  opsSystem,
  payouts,
  persona,
  problem,
  product,
  proofs,
  queue,
  readiness,
  recompute,
  request,
  sales,
  sandbox,
  sandboxReview,
  sandboxViewer,
  settings,
  shell,
  status,
  taxRates,
  terms,
  tour,
  usage,
};
