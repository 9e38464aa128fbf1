import { ForwardMigration } from '../forward-migration.js';

const IMMUTABLE = [
  'ledger_account_kinds',
  'ledger_movements',
  'ledger_accounts',
  'ledger_transactions',
  'ledger_entries',
] as const;

const refuseChange = `
  CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION '% on % is refused: the ledger is immutable, post a correcting transaction', TG_OP, TG_TABLE_NAME
      USING ERRCODE = 'HX004';
  END $$`;

// A plan made while the ledger is small is kept while it grows. With merge joins and sequential scans it would read the
// whole ledger for every batch, so these functions go without; the sub-selects with OFFSET 0 are index look-ups per row.
const BY_INDEX = 'SET enable_seqscan = off SET enable_mergejoin = off';

/** Runs for every journal transaction at commit, whatever path wrote it. */
const assertBalanced = `
  CREATE FUNCTION ledger_assert_balanced() RETURNS trigger LANGUAGE plpgsql ${BY_INDEX} AS $$
  DECLARE
    v_legs bigint;
    v_unbalanced text;
  BEGIN
    SELECT coalesce(sum(s.legs), 0), max(s.currency) FILTER (WHERE s.total <> 0) INTO v_legs, v_unbalanced
      FROM (SELECT a.currency, count(*) AS legs, sum(e.amount_minor) AS total
              FROM ledger_entries e JOIN ledger_accounts a USING (account_no)
             WHERE e.transaction_no = NEW.transaction_no GROUP BY a.currency) s;
    IF v_unbalanced IS NOT NULL OR v_legs <> NEW.legs THEN
      RAISE EXCEPTION 'transaction % does not balance: % of % legs, currency %',
        NEW.idempotency_key, v_legs, NEW.legs, coalesce(v_unbalanced, 'balanced') USING ERRCODE = 'HX001';
    END IF;
    RETURN NULL;
  END $$`;

/** One look-up per new entry instead of foreign keys and row triggers; it covers direct inserts too. */
const checkEntries = `
  CREATE FUNCTION ledger_check_entries() RETURNS trigger LANGUAGE plpgsql ${BY_INDEX} AS $$
  DECLARE
    v record;
  BEGIN
    SELECT n.account_no, n.version, n.amount_minor, n.balance_minor, a.account_id, a.kind, t.idempotency_key, t.movement,
           t.created_xid = pg_current_xact_id() AS own, m.movement IS NOT NULL AS permitted,
           n.balance_minor = coalesce(p.balance_minor, 0) + n.amount_minor
             AND (p.version IS NOT NULL OR n.version = 1) AS continues
      INTO v
      FROM new_entries n
      LEFT JOIN LATERAL (SELECT * FROM ledger_transactions t WHERE t.transaction_no = n.transaction_no OFFSET 0) t ON true
      LEFT JOIN LATERAL (SELECT * FROM ledger_accounts a WHERE a.account_no = n.account_no OFFSET 0) a ON true
      LEFT JOIN ledger_account_kinds k ON k.kind = a.kind
      LEFT JOIN ledger_movements m ON m.rules = t.rules AND m.movement = t.movement AND m.account_kind = a.kind
           AND m.side = CASE WHEN n.amount_minor > 0 THEN 'debit' ELSE 'credit' END
      LEFT JOIN LATERAL (SELECT * FROM ledger_entries p
                          WHERE p.account_no = n.account_no AND p.version = n.version - 1 OFFSET 0) p ON true
     WHERE t.created_xid IS DISTINCT FROM pg_current_xact_id() OR m.movement IS NULL
        OR n.balance_minor <> coalesce(p.balance_minor, 0) + n.amount_minor
        OR (p.version IS NULL AND n.version <> 1)
        OR (NOT k.may_cross AND CASE k.normal_side WHEN 'debit' THEN n.balance_minor < 0 ELSE n.balance_minor > 0 END)
     ORDER BY n.transaction_no, n.leg LIMIT 1;
    IF NOT FOUND THEN
      RETURN NULL;
    ELSIF v.own IS NOT TRUE THEN
      RAISE EXCEPTION 'entry % of account % joins no transaction of its own database transaction', v.version, v.account_no
        USING ERRCODE = 'HX001';
    ELSIF NOT v.permitted THEN
      RAISE EXCEPTION 'movement % may not touch account % on this side', v.movement, coalesce(v.account_id, v.account_no::text)
        USING ERRCODE = 'HX005';
    ELSIF NOT v.continues THEN
      RAISE EXCEPTION 'entry % of account % does not continue the running balance', v.version, v.account_id
        USING ERRCODE = 'HX006';
    END IF;
    RAISE EXCEPTION 'transaction % would take account % (%) to % minor units', v.idempotency_key, v.account_id, v.kind,
      v.balance_minor USING ERRCODE = 'HX003';
  END $$`;

/**
 * A closed period takes no posting, neither by effective date nor by name. The shared lock waits for a close under way
 * (which holds the same lock exclusively), and the check after it sees what that close committed.
 */
const refuseClosed = `
  CREATE FUNCTION ledger_refuse_closed() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    v record;
  BEGIN
    PERFORM ledger_hold_open();
    SELECT n.idempotency_key, n.effective_at, s.period INTO v
      FROM new_transactions n JOIN settlement_periods s ON s.closed_at IS NOT NULL
       AND (n.period = s.period OR (n.effective_at >= s.starts_at AND n.effective_at < s.ends_at))
     LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'transaction % (effective %) falls into the closed period %',
        v.idempotency_key, v.effective_at, v.period USING ERRCODE = 'HX007';
    END IF;
    RETURN NULL;
  END $$`;

/**
 * Posts a batch in one round trip. Keys are claimed in sorted order and then accounts locked in sorted order, so two
 * batches never wait for each other in a ring; each statement sees what was committed before it got its locks.
 */
const post = `
  CREATE FUNCTION ledger_post(p_transactions jsonb, p_accounts jsonb, p_legs jsonb, p_recorded_at timestamptz)
  RETURNS TABLE (posted_key text, posted_id text, posted_fresh boolean) LANGUAGE plpgsql ${BY_INDEX} AS $$
  DECLARE
    v_reused text;
  BEGIN
    INSERT INTO ledger_transactions (transaction_id, idempotency_key, payload_hash, rules, movement, period,
                                     reference_kind, reference_id, legs, effective_at, recorded_at)
    SELECT t.id, t.key, decode(t.hash, 'hex'), t.rules, t.movement, t.period, t.ref_kind, t.ref_id, t.legs,
           t.effective_at, p_recorded_at
      FROM jsonb_to_recordset(p_transactions) AS t(id text, key text, hash text, rules text, movement text, period text,
             ref_kind text, ref_id text, legs smallint, effective_at timestamptz)
     ORDER BY t.key
    ON CONFLICT (idempotency_key) DO NOTHING;

    SELECT t.key INTO v_reused
      FROM jsonb_to_recordset(p_transactions) AS t(key text, hash text)
      JOIN LATERAL (SELECT x.payload_hash FROM ledger_transactions x WHERE x.idempotency_key = t.key OFFSET 0) x ON true
     WHERE x.payload_hash <> decode(t.hash, 'hex') LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'idempotency key % was used for another posting', v_reused USING ERRCODE = 'HX002';
    END IF;

    INSERT INTO ledger_accounts (account_id, owner, kind, currency)
    SELECT a.id, a.owner, a.kind, a.currency
      FROM jsonb_to_recordset(p_accounts) AS a(id text, owner text, kind text, currency text)
     WHERE (SELECT x.account_no FROM ledger_accounts x WHERE x.account_id = a.id) IS NULL
     ORDER BY a.id
    ON CONFLICT DO NOTHING;

    PERFORM 1 FROM ledger_accounts x
      WHERE x.account_id = ANY (ARRAY(SELECT a.id FROM jsonb_to_recordset(p_accounts) AS a(id text)))
      ORDER BY x.account_no FOR NO KEY UPDATE;

    WITH heads AS MATERIALIZED (
      SELECT a.id, x.account_no, coalesce(h.version, 0) AS version, coalesce(h.balance_minor, 0) AS balance_minor
        FROM jsonb_to_recordset(p_accounts) AS a(id text)
        JOIN LATERAL (SELECT x.account_no FROM ledger_accounts x WHERE x.account_id = a.id OFFSET 0) x ON true
        LEFT JOIN LATERAL (SELECT e.version, e.balance_minor FROM ledger_entries e
                            WHERE e.account_no = x.account_no ORDER BY e.version DESC LIMIT 1) h ON true)
    INSERT INTO ledger_entries (account_no, version, transaction_no, leg, amount_minor, balance_minor)
    SELECT h.account_no, h.version + row_number() OVER w, t.transaction_no, l.leg, l.amount,
           h.balance_minor + sum(l.amount) OVER w
      FROM jsonb_to_recordset(p_legs) AS l(txn text, ord integer, leg smallint, account text, amount bigint)
      JOIN LATERAL (SELECT t.transaction_no FROM ledger_transactions t WHERE t.transaction_id = l.txn OFFSET 0) t ON true
      JOIN heads h ON h.id = l.account
    WINDOW w AS (PARTITION BY h.account_no ORDER BY l.ord ROWS UNBOUNDED PRECEDING);

    RETURN QUERY
      SELECT t.key, x.transaction_id, x.transaction_id = t.id
        FROM jsonb_to_recordset(p_transactions) AS t(id text, key text)
        JOIN LATERAL (SELECT x.transaction_id FROM ledger_transactions x WHERE x.idempotency_key = t.key OFFSET 0) x ON true;
  END $$`;

/** Postings hold it shared, a close takes it alone: a close sees every posting or none of it. */
const closeLock = (name: string, take: string): string => `
  CREATE FUNCTION ${name}() RETURNS void LANGUAGE sql AS
  $$ SELECT ${take}(hashtextextended(current_schema() || '.ledger.close', 0)) $$`;

const immutable = (table: string): string => `
  CREATE TRIGGER ${table}_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change()`;

const triggers = [
  `CREATE CONSTRAINT TRIGGER ledger_transactions_balanced AFTER INSERT ON ledger_transactions
   DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_assert_balanced()`,
  `CREATE TRIGGER ledger_transactions_open AFTER INSERT ON ledger_transactions
   REFERENCING NEW TABLE AS new_transactions FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_closed()`,
  `CREATE TRIGGER ledger_entries_checked AFTER INSERT ON ledger_entries
   REFERENCING NEW TABLE AS new_entries FOR EACH STATEMENT EXECUTE FUNCTION ledger_check_entries()`,
];

/** What keeps the ledger true even against a statement typed by hand. */
export class GuardLedger1764000000003 extends ForwardMigration {
  protected readonly statements = [
    closeLock('ledger_hold_open', 'pg_advisory_xact_lock_shared'),
    closeLock('ledger_hold_closing', 'pg_advisory_xact_lock'),
    refuseChange,
    assertBalanced,
    checkEntries,
    refuseClosed,
    post,
    ...IMMUTABLE.map(immutable),
    ...triggers,
  ];
}
