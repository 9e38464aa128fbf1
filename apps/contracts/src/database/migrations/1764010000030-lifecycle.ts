import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Offers to one buyer, plans of the second form, notice and renewal; agreements that rest, are superseded and disputed;
 * entitlements with everything a checker asks; and four eyes within an organisation.
 */
export class Lifecycle1764010000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...terms, ...lives, ...entitlements, ...approvals, ...disputes]) {
      await runner.query(statement);
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

// The zone in which the exchange closes its months: what everything before was counted by.
const commonTerms = `ADD COLUMN time_zone text NOT NULL DEFAULT 'Asia/Shanghai',
  ADD COLUMN notice_days integer NOT NULL DEFAULT 0 CHECK (notice_days BETWEEN 0 AND 365),
  ADD COLUMN renewal jsonb`;

const terms = [
  `ALTER TABLE offers ${commonTerms}, ADD COLUMN buyer_id text CHECK (buyer_id <> merchant_id)`,
  'CREATE INDEX offers_to_buyer ON offers (buyer_id, id) WHERE buyer_id IS NOT NULL',
  `ALTER TABLE agreements ${commonTerms}, ADD COLUMN supersedes jsonb`,
  // A request leads to one first text; what supersedes it stems from the same request.
  'ALTER TABLE agreements DROP CONSTRAINT agreements_request_id_key',
  'CREATE UNIQUE INDEX agreements_of_request ON agreements (request_id) WHERE supersedes IS NULL',
  'CREATE INDEX agreements_by_request ON agreements (request_id)',
  'ALTER TABLE directory_places ADD COLUMN schema_hash text',
];

const lives = [
  `ALTER TABLE agreement_heads
     ADD COLUMN holds jsonb NOT NULL DEFAULT '[]',
     ADD COLUMN notices jsonb NOT NULL DEFAULT '[]',
     ADD COLUMN in_force_since timestamptz,
     ADD COLUMN successor_id text REFERENCES agreements (id),
     DROP CONSTRAINT agreement_heads_status_check`,
  `ALTER TABLE agreement_heads
     ADD CONSTRAINT agreement_heads_status_check CHECK (status IN
       ('awaiting_signatures', 'concluded', 'in_force', 'suspended', 'ended', 'terminated', 'expired', 'superseded',
        'lapsed')),
     ADD CONSTRAINT agreement_heads_rest_check CHECK (status <> 'suspended' OR jsonb_array_length(holds) > 0)`,
  `UPDATE agreement_heads h SET in_force_since = s.at FROM agreement_steps s
    WHERE s.agreement_id = h.agreement_id AND s.command = 'activate'`,
  'ALTER TABLE agreement_steps DROP CONSTRAINT agreement_steps_command_check',
  `ALTER TABLE agreement_steps ADD CONSTRAINT agreement_steps_command_check CHECK (command IN
     ('draft', 'sign', 'renew', 'activate', 'suspend', 'resume', 'give_notice', 'withdraw_notice', 'supersede', 'end',
      'terminate', 'expire'))`,
];

const entitlements = [
  // Without NOT NULL: the version before writes none of them while both run.
  `ALTER TABLE entitlements
     ADD COLUMN supersedes_agreement_id text,
     ADD COLUMN offer_id text,
     ADD COLUMN document_hash text,
     ADD COLUMN product_version integer,
     ADD COLUMN plan jsonb,
     ADD COLUMN time_zone text,
     ADD COLUMN places_of_use text[],
     ADD COLUMN recipients text[],
     ADD COLUMN policy jsonb,
     ADD COLUMN release jsonb,
     ADD COLUMN suspended_at timestamptz,
     ADD COLUMN suspension_reason text,
     DROP CONSTRAINT entitlements_status_check`,
  `ALTER TABLE entitlements
     ADD CONSTRAINT entitlements_status_check CHECK (status IN ('granted', 'suspended', 'revoked')),
     ADD CONSTRAINT entitlements_rest_check CHECK (status <> 'suspended' OR suspended_at IS NOT NULL)`,
  `UPDATE entitlements e SET offer_id = a.offer_id, document_hash = a.document_hash, product_version = a.product_version,
       plan = a.plan, time_zone = a.time_zone, places_of_use = ARRAY[a.place_of_use], recipients = ARRAY[a.buyer_id],
       policy = a.policy, release = a.release
     FROM agreements a WHERE a.id = e.agreement_id`,
];

const approvals = [
  `CREATE TABLE approval_limits (
     organisation_id text PRIMARY KEY,
     limits jsonb NOT NULL,
     set_by text NOT NULL,
     set_at timestamptz NOT NULL
   )`,
  `CREATE TABLE approvals (
     id text PRIMARY KEY,
     organisation_id text NOT NULL,
     kind text NOT NULL CHECK (kind IN ('deal', 'limits')),
     matter_hash text NOT NULL CHECK (matter_hash ~ '^[0-9a-f]{64}$'),
     matter jsonb NOT NULL,
     reasons text[] NOT NULL,
     note text,
     status text NOT NULL CHECK (status IN ('pending', 'approved', 'rejected', 'withdrawn')),
     requested_by text NOT NULL,
     requested_at timestamptz NOT NULL,
     expires_at timestamptz NOT NULL,
     decided_by text,
     decided_at timestamptz,
     decision_reason text,
     CHECK ((status = 'pending') = (decided_at IS NULL)),
     CHECK (status NOT IN ('approved', 'rejected') OR decided_by <> requested_by)
   )`,
  'CREATE INDEX approvals_of_organisation ON approvals (organisation_id, id)',
  'CREATE INDEX approvals_of_matter ON approvals (organisation_id, matter_hash, status)',
];

const disputes = [
  `CREATE TABLE agreement_disputes (
     id text PRIMARY KEY,
     agreement_id text NOT NULL REFERENCES agreements (id),
     merchant_id text NOT NULL,
     buyer_id text NOT NULL,
     opened_by_party text NOT NULL CHECK (opened_by_party IN ('merchant', 'buyer')),
     ground text NOT NULL CHECK (ground IN ('delivery', 'quality', 'payment', 'use', 'other')),
     claim text NOT NULL,
     status text NOT NULL CHECK (status IN
       ('open', 'answered', 'in_mediation', 'in_arbitration', 'settled', 'withdrawn', 'upheld', 'rejected')),
     step integer NOT NULL,
     proposal jsonb,
     remedy text NOT NULL CHECK (remedy IN ('none', 'suspend', 'terminate')),
     opened_at timestamptz NOT NULL,
     closed_at timestamptz
   )`,
  // One at a time: what is in dispute is said to the open one.
  `CREATE UNIQUE INDEX agreement_disputes_one_open ON agreement_disputes (agreement_id, opened_by_party)
     WHERE closed_at IS NULL`,
  'CREATE INDEX agreement_disputes_of_merchant ON agreement_disputes (merchant_id, id)',
  'CREATE INDEX agreement_disputes_of_buyer ON agreement_disputes (buyer_id, id)',
  `CREATE TABLE agreement_dispute_steps (
     dispute_id text NOT NULL REFERENCES agreement_disputes (id),
     step integer NOT NULL CHECK (step > 0),
     command text NOT NULL,
     status_from text,
     status_to text NOT NULL,
     party text CHECK (party IN ('merchant', 'buyer', 'operator')),
     by_subject text NOT NULL,
     by_organisation text NOT NULL,
     said text,
     evidence jsonb NOT NULL,
     at timestamptz NOT NULL,
     PRIMARY KEY (dispute_id, step)
   )`,
  `CREATE TRIGGER agreement_dispute_steps_are_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON agreement_dispute_steps
     FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_agreements()`,
];
