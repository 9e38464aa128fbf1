import { clearanceMigrations } from '@hetao/clearance';
import { AccountsAndCredentials1763800000001 } from './1763800000001-accounts-and-credentials.js';
import { DemoCards1763800000002 } from './1763800000002-demo-cards.js';
import { Deliveries1763860000004 } from './1763860000004-deliveries.js';
import { AgeOfCalls1764000000005 } from './1764000000005-age-of-calls.js';
import { Webhooks1764000000006 } from './1764000000006-webhooks.js';
import { RestingGrants1764000000007 } from './1764000000007-resting-grants.js';
import { MembersAndAudit1764000000008 } from './1764000000008-members-and-audit.js';
import { AgeOfSubjects1764000000009 } from './1764000000009-age-of-subjects.js';
import { IsolateTenants1764600000000 } from './1764600000000-isolate-tenants.js';
import { DeliveryManifests1764700000002 } from './1764700000002-delivery-manifests.js';
import { Passkeys1764700000001 } from './1764700000001-passkeys.js';
import { OutsideIdentities1764700000003 } from './1764700000003-outside-identities.js';

/** The gateway's migrations in the order they run. */
export const gatewayMigrations = [
  AccountsAndCredentials1763800000001,
  DemoCards1763800000002,
  ...clearanceMigrations,
  Deliveries1763860000004,
  AgeOfCalls1764000000005,
  Webhooks1764000000006,
  RestingGrants1764000000007,
  MembersAndAudit1764000000008,
  AgeOfSubjects1764000000009,
  IsolateTenants1764600000000,
  Passkeys1764700000001,
  DeliveryManifests1764700000002,
  OutsideIdentities1764700000003,
];
