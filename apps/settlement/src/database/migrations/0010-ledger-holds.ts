import { ForwardMigration } from '../forward-migration.js';
import { BY_INDEX } from './0009-ledger-checks.js';

const tables = [
  `CREATE TABLE ledger_holds (
     hold_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     hold_id text NOT NULL UNIQUE,
     idempotency_key text NOT NULL UNIQUE,
     payload_hash bytea NOT NULL CHECK (octet_length(payload_hash) = 32),
     rules text NOT NULL,
     movement text NOT NULL,
     period text,
     reference_kind text NOT NULL,
     reference_id text NOT NULL,
     legs smallint NOT NULL CHECK (legs >= 2),
     effective_at timestamptz NOT NULL,
     reserved_at timestamptz NOT NULL,
     expires_at timestamptz NOT NULL CHECK (expires_at > reserved_at),
     created_xid xid8 NOT NULL DEFAULT pg_current_xact_id()
   )`,
  `CREATE INDEX ledger_holds_reference ON ledger_holds (reference_kind, reference_id)`,
  `CREATE TABLE ledger_hold_legs (
     hold_no bigint NOT NULL,
     leg smallint NOT NULL,
     account_no bigint NOT NULL,
     amount_minor bigint NOT NULL CHECK (amount_minor <> 0),
     PRIMARY KEY (hold_no, leg)
   )`,
  `CREATE INDEX ledger_hold_legs_account ON ledger_hold_legs (account_no, hold_no)`,
  // The primary key is what resolves a hold once.
  `CREATE TABLE ledger_hold_resolutions (
     hold_no bigint PRIMARY KEY,
     outcome text NOT NULL CHECK (outcome IN ('posted', 'voided', 'expired')),
     transaction_id text UNIQUE,
     reason text,
     resolved_by text NOT NULL,
     resolved_at timestamptz NOT NULL,
     CHECK ((outcome = 'posted') = (transaction_id IS NOT NULL))
   )`,
  `CREATE TABLE ledger_open_holds (hold_no bigint PRIMARY KEY, expires_at timestamptz NOT NULL)`,
  `CREATE INDEX ledger_open_holds_expiry ON ledger_open_holds (expires_at, hold_no)`,
  `CREATE TABLE ledger_account_limits (
     limit_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     account_no bigint NOT NULL,
     floor_minor bigint,
     ceiling_minor bigint,
     reason text NOT NULL,
     set_by text NOT NULL,
     set_at timestamptz NOT NULL,
     CHECK (floor_minor IS NULL OR ceiling_minor IS NULL OR floor_minor <= ceiling_minor)
   )`,
  `CREATE INDEX ledger_account_limits_account ON ledger_account_limits (account_no, limit_no)`,
];

const openHolds = `
  CREATE FUNCTION ledger_open_hold() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO ledger_open_holds (hold_no, expires_at) SELECT h.hold_no, h.expires_at FROM new_holds h;
    RETURN NULL;
  END $$`;

/** What is reserved counts as gone from the moment it is reserved. */
const reserve = `
  CREATE FUNCTION ledger_accept_hold_legs() RETURNS trigger LANGUAGE plpgsql ${BY_INDEX} AS $$
  DECLARE
    v_accounts bigint[];
    v record;
  BEGIN
    SELECT l.hold_no, l.leg, a.account_id INTO v FROM new_legs l
      LEFT JOIN LATERAL (SELECT * FROM ledger_holds h WHERE h.hold_no = l.hold_no OFFSET 0) h ON true
      LEFT JOIN LATERAL (SELECT * FROM ledger_accounts a WHERE a.account_no = l.account_no OFFSET 0) a ON true
      LEFT JOIN ledger_movements m ON m.rules = h.rules AND m.movement = h.movement AND m.account_kind = a.kind
           AND m.side = CASE WHEN l.amount_minor > 0 THEN 'debit' ELSE 'credit' END
     WHERE h.created_xid IS DISTINCT FROM pg_current_xact_id() OR m.movement IS NULL LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'leg % of hold % (account %) is not permitted, or its hold is not of this transaction',
        v.leg, v.hold_no, v.account_id USING ERRCODE = 'HX005';
    END IF;
    v_accounts := ARRAY(SELECT DISTINCT l.account_no FROM new_legs l);
    PERFORM 1 FROM ledger_heads h WHERE h.account_no = ANY (v_accounts) ORDER BY h.account_no FOR NO KEY UPDATE;
    UPDATE ledger_heads h
       SET held_debit_minor = h.held_debit_minor + s.debit, held_credit_minor = h.held_credit_minor + s.credit
      FROM (SELECT l.account_no, coalesce(sum(l.amount_minor) FILTER (WHERE l.amount_minor > 0), 0) AS debit,
                   coalesce(-sum(l.amount_minor) FILTER (WHERE l.amount_minor < 0), 0) AS credit
              FROM new_legs l GROUP BY l.account_no) s
     WHERE h.account_no = s.account_no AND h.account_no = ANY (v_accounts);
    SELECT a.account_id, a.kind, h.balance_minor, h.held_debit_minor, h.held_credit_minor INTO v
      FROM ledger_heads h JOIN ledger_accounts a ON a.account_no = h.account_no AND a.account_no = ANY (v_accounts)
     WHERE h.account_no = ANY (v_accounts)
       AND (h.balance_minor + h.held_debit_minor > h.ceiling_minor AND EXISTS (
              SELECT 1 FROM new_legs l WHERE l.account_no = h.account_no AND l.amount_minor > 0)
         OR h.balance_minor - h.held_credit_minor < h.floor_minor AND EXISTS (
              SELECT 1 FROM new_legs l WHERE l.account_no = h.account_no AND l.amount_minor < 0)) LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'account % (%) stands at % minor units and cannot have % debited and % credited in reserve',
        v.account_id, v.kind, v.balance_minor, v.held_debit_minor, v.held_credit_minor USING ERRCODE = 'HX003';
    END IF;
    RETURN NULL;
  END $$`;

const release = `
  CREATE FUNCTION ledger_release_holds() RETURNS trigger LANGUAGE plpgsql ${BY_INDEX} AS $$
  DECLARE
    v_holds bigint[] := ARRAY(SELECT r.hold_no FROM new_resolutions r);
    v_accounts bigint[];
    v_open bigint;
  BEGIN
    WITH gone AS (DELETE FROM ledger_open_holds o WHERE o.hold_no = ANY (v_holds) RETURNING o.hold_no)
    SELECT count(*) INTO v_open FROM gone;
    IF v_open <> cardinality(v_holds) THEN
      RAISE EXCEPTION 'a hold of % is not open', v_holds USING ERRCODE = 'HX009';
    END IF;
    v_accounts := ARRAY(SELECT DISTINCT l.account_no FROM ledger_hold_legs l WHERE l.hold_no = ANY (v_holds));
    PERFORM 1 FROM ledger_heads h WHERE h.account_no = ANY (v_accounts) ORDER BY h.account_no FOR NO KEY UPDATE;
    UPDATE ledger_heads h
       SET held_debit_minor = h.held_debit_minor - s.debit, held_credit_minor = h.held_credit_minor - s.credit
      FROM (SELECT l.account_no, coalesce(sum(l.amount_minor) FILTER (WHERE l.amount_minor > 0), 0) AS debit,
                   coalesce(-sum(l.amount_minor) FILTER (WHERE l.amount_minor < 0), 0) AS credit
              FROM ledger_hold_legs l WHERE l.hold_no = ANY (v_holds) GROUP BY l.account_no) s
     WHERE h.account_no = s.account_no AND h.account_no = ANY (v_accounts);
    RETURN NULL;
  END $$`;

/** A reserve is a whole posting, so it has all its legs and balances per currency. */
const assertHold = `
  CREATE FUNCTION ledger_assert_hold() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    v_legs bigint;
    v_unbalanced text;
  BEGIN
    SELECT coalesce(sum(s.legs), 0), max(s.currency) FILTER (WHERE s.total <> 0) INTO v_legs, v_unbalanced
      FROM (SELECT a.currency, count(*) AS legs, sum(l.amount_minor) AS total
              FROM ledger_hold_legs l JOIN ledger_accounts a USING (account_no)
             WHERE l.hold_no = NEW.hold_no GROUP BY a.currency) s;
    IF v_unbalanced IS NOT NULL OR v_legs <> NEW.legs THEN
      RAISE EXCEPTION 'hold % does not balance: % of % legs, currency %',
        NEW.hold_id, v_legs, NEW.legs, coalesce(v_unbalanced, 'balanced') USING ERRCODE = 'HX001';
    END IF;
    RETURN NULL;
  END $$`;

/** Posted is at most what was reserved, on each account and side, and in the same database transaction. */
const assertResolution = `
  CREATE FUNCTION ledger_assert_resolution() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    v_no bigint;
    v_account bigint;
  BEGIN
    IF NEW.outcome <> 'posted' THEN RETURN NULL; END IF;
    SELECT t.transaction_no INTO v_no FROM ledger_transactions t JOIN ledger_holds h ON h.hold_no = NEW.hold_no
     WHERE t.transaction_id = NEW.transaction_id AND t.movement = h.movement AND t.created_xid = pg_current_xact_id();
    IF NOT FOUND THEN
      RAISE EXCEPTION 'hold % is resolved by no transaction of its own', NEW.hold_no USING ERRCODE = 'HX009';
    END IF;
    SELECT s.account_no INTO v_account
      FROM (SELECT e.account_no, e.amount_minor AS posted, 0::bigint AS held FROM ledger_entries e WHERE e.transaction_no = v_no
            UNION ALL
            SELECT l.account_no, 0, l.amount_minor FROM ledger_hold_legs l WHERE l.hold_no = NEW.hold_no) s
     GROUP BY s.account_no, sign(s.posted + s.held) HAVING abs(sum(s.posted)) > abs(sum(s.held)) LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'hold % did not reserve so much on account no. %', NEW.hold_no, v_account USING ERRCODE = 'HX009';
    END IF;
    RETURN NULL;
  END $$`;

/** The stricter of the kind's own limit and what was set. */
const limit = `
  CREATE FUNCTION ledger_apply_limits() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE ledger_heads h
       SET floor_minor = greatest(NEW.floor_minor, CASE WHEN NOT k.may_cross AND k.normal_side = 'debit' THEN 0 END),
           ceiling_minor = least(NEW.ceiling_minor, CASE WHEN NOT k.may_cross AND k.normal_side = 'credit' THEN 0 END)
      FROM ledger_accounts a JOIN ledger_account_kinds k USING (kind)
     WHERE h.account_no = NEW.account_no AND a.account_no = NEW.account_no
       AND NEW.limit_no = (SELECT max(l.limit_no) FROM ledger_account_limits l WHERE l.account_no = NEW.account_no);
    RETURN NULL;
  END $$`;

const immutable = ['ledger_holds', 'ledger_hold_legs', 'ledger_hold_resolutions', 'ledger_account_limits'].map(
  (table) => `CREATE TRIGGER ${table}_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change()`,
);

/** Two-phase postings: reserved, then posted in whole or part, voided, or expired; and limits an operator sets. */
export class ReserveMoney1764000000010 extends ForwardMigration {
  protected readonly statements = [
    ...tables,
    openHolds,
    reserve,
    release,
    assertHold,
    assertResolution,
    limit,
    ...immutable,
    `CREATE TRIGGER ledger_open_holds_guarded BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON ledger_open_holds
     FOR EACH STATEMENT EXECUTE FUNCTION ledger_guard_derived()`,
    `CREATE TRIGGER ledger_holds_opened AFTER INSERT ON ledger_holds
     REFERENCING NEW TABLE AS new_holds FOR EACH STATEMENT EXECUTE FUNCTION ledger_open_hold()`,
    `CREATE TRIGGER ledger_hold_legs_accepted AFTER INSERT ON ledger_hold_legs
     REFERENCING NEW TABLE AS new_legs FOR EACH STATEMENT EXECUTE FUNCTION ledger_accept_hold_legs()`,
    `CREATE TRIGGER ledger_hold_resolutions_released AFTER INSERT ON ledger_hold_resolutions
     REFERENCING NEW TABLE AS new_resolutions FOR EACH STATEMENT EXECUTE FUNCTION ledger_release_holds()`,
    `CREATE CONSTRAINT TRIGGER ledger_holds_balanced AFTER INSERT ON ledger_holds
     DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_assert_hold()`,
    `CREATE CONSTRAINT TRIGGER ledger_hold_resolutions_posted AFTER INSERT ON ledger_hold_resolutions
     DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_assert_resolution()`,
    `CREATE TRIGGER ledger_account_limits_applied AFTER INSERT ON ledger_account_limits
     FOR EACH ROW EXECUTE FUNCTION ledger_apply_limits()`,
  ];
}
