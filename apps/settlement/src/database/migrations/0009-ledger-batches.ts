import { ForwardMigration } from '../forward-migration.js';
import { acceptEntries, assertBalanced, BY_INDEX } from './0009-ledger-checks.js';

/**
 * Posts a batch in one round trip: accounts opened and their heads locked in sorted order, so that two batches never
 * wait for each other in a ring; then keys claimed; then entries with their running balances, all set by set.
 * Legs name their transaction and account by position. Answers only what was posted before under the same key.
 */
const post = `
  CREATE FUNCTION ledger_post(p_recorded_at timestamptz, p_rules text,
    p_ids text[], p_keys text[], p_hashes text[], p_movements text[], p_periods text[], p_reference_kinds text[],
    p_reference_ids text[], p_effective timestamptz[], p_leg_counts smallint[],
    p_account_ids text[], p_owners text[], p_kinds text[], p_currencies text[],
    p_leg_transactions integer[], p_leg_nos smallint[], p_leg_accounts integer[], p_amounts bigint[])
  RETURNS TABLE (replayed_key text, replayed_id text) LANGUAGE plpgsql ${BY_INDEX} AS $$
  DECLARE
    v_accounts bigint[];
    v_recorded_at timestamptz;
    v_known text[];
    v_nos bigint[];
    v_reused text;
  BEGIN
    v_accounts := ledger_lock(p_account_ids, p_owners, p_kinds, p_currencies);
    SELECT greatest(p_recorded_at, max(h.recorded_at)) INTO v_recorded_at
      FROM ledger_heads h WHERE h.account_no = ANY (v_accounts);

    -- Whoever posts the same again uses the same accounts, so it has waited for their heads and sees the first by now.
    v_known := ARRAY(SELECT x.idempotency_key FROM ledger_transactions x WHERE x.idempotency_key = ANY (p_keys));
    IF v_known <> '{}' THEN
      SELECT t.key INTO v_reused
        FROM unnest(p_keys, p_hashes) AS t(key, hash)
        JOIN LATERAL (SELECT x.payload_hash FROM ledger_transactions x WHERE x.idempotency_key = t.key OFFSET 0) x ON true
       WHERE x.payload_hash <> decode(t.hash, 'hex') LIMIT 1;
      IF FOUND THEN
        RAISE EXCEPTION 'idempotency key % was used for another posting', v_reused USING ERRCODE = 'HX002';
      END IF;
    END IF;

    -- A plain INSERT: ON CONFLICT would write every row speculatively, which costs more than all the rest of it.
    BEGIN
      WITH claimed AS (
        INSERT INTO ledger_transactions (transaction_id, idempotency_key, payload_hash, rules, movement, period,
                                         reference_kind, reference_id, legs, effective_at, recorded_at)
        SELECT t.id, t.key, decode(t.hash, 'hex'), p_rules, t.movement, t.period, t.reference_kind, t.reference_id,
               t.legs, t.effective_at, v_recorded_at
          FROM unnest(p_ids, p_keys, p_hashes, p_movements, p_periods, p_reference_kinds, p_reference_ids, p_leg_counts,
                      p_effective) WITH ORDINALITY
                 AS t(id, key, hash, movement, period, reference_kind, reference_id, legs, effective_at, place)
         WHERE v_known = '{}' OR t.key <> ALL (v_known)
         ORDER BY t.place
        RETURNING transaction_no, transaction_id)
      SELECT array_agg(c.transaction_no ORDER BY t.place) INTO v_nos
        FROM unnest(p_ids) WITH ORDINALITY AS t(id, place) LEFT JOIN claimed c ON c.transaction_id = t.id;
    EXCEPTION WHEN unique_violation THEN
      RAISE EXCEPTION 'an idempotency key of the batch was used for another posting at the same time'
        USING ERRCODE = 'HX002';
    END;

    INSERT INTO ledger_entries (account_no, version, transaction_no, leg, amount_minor, balance_minor)
    SELECT h.account_no, h.version + row_number() OVER w, l.transaction_no, l.leg, l.amount,
           h.balance_minor + sum(l.amount) OVER w
      FROM (SELECT v_nos[u.transaction] AS transaction_no, v_accounts[u.account] AS account_no, u.leg, u.amount, u.place
              FROM unnest(p_leg_transactions, p_leg_nos, p_leg_accounts, p_amounts) WITH ORDINALITY
                     AS u(transaction, leg, account, amount, place)) l
      JOIN (SELECT h.account_no, h.version, h.balance_minor FROM ledger_heads h
             WHERE h.account_no = ANY (v_accounts) OFFSET 0) h USING (account_no)
     WHERE l.transaction_no IS NOT NULL
    WINDOW w AS (PARTITION BY h.account_no ORDER BY l.place ROWS UNBOUNDED PRECEDING);

    IF v_known <> '{}' THEN
      RETURN QUERY SELECT x.idempotency_key, x.transaction_id
        FROM ledger_transactions x WHERE x.idempotency_key = ANY (v_known);
    END IF;
  END $$`;

/** Opens the accounts that are new, locks the heads of all in sorted order, and answers their numbers in order given. */
const lock = `
  CREATE FUNCTION ledger_lock(p_account_ids text[], p_owners text[], p_kinds text[], p_currencies text[])
  RETURNS bigint[] LANGUAGE plpgsql ${BY_INDEX} AS $$
  DECLARE
    v_accounts bigint[];
  BEGIN
    FOR attempt IN 1..2 LOOP
      SELECT array_agg(x.account_no ORDER BY a.place) INTO v_accounts
        FROM unnest(p_account_ids) WITH ORDINALITY AS a(id, place)
        LEFT JOIN LATERAL (SELECT x.account_no FROM ledger_accounts x WHERE x.account_id = a.id OFFSET 0) x ON true;
      EXIT WHEN array_position(v_accounts, NULL) IS NULL;
      INSERT INTO ledger_accounts (account_id, owner, kind, currency)
      SELECT a.id, a.owner, a.kind, a.currency
        FROM unnest(p_account_ids, p_owners, p_kinds, p_currencies, v_accounts) AS a(id, owner, kind, currency, no)
       WHERE a.no IS NULL ORDER BY a.id
      ON CONFLICT DO NOTHING;
    END LOOP;
    PERFORM 1 FROM ledger_heads h WHERE h.account_no = ANY (v_accounts) ORDER BY h.account_no FOR NO KEY UPDATE;
    RETURN v_accounts;
  END $$`;

/** One statement a step instead of one trigger a row, and one round trip a batch. */
export class PostInBatches1764000000009 extends ForwardMigration {
  protected readonly statements = [
    // Money that nobody can place yet has no period to be found by.
    'DROP INDEX ledger_transactions_period',
    'CREATE INDEX ledger_transactions_period ON ledger_transactions (period, movement) WHERE period IS NOT NULL',
    'DROP TRIGGER ledger_transactions_balanced ON ledger_transactions',
    'DROP FUNCTION ledger_assert_balanced()',
    'DROP TRIGGER ledger_entries_checked ON ledger_entries',
    'DROP FUNCTION ledger_check_entries()',
    'DROP FUNCTION ledger_post(jsonb, jsonb, jsonb, timestamptz)',
    assertBalanced,
    acceptEntries,
    lock,
    post,
    `CREATE CONSTRAINT TRIGGER ledger_unsealed_balanced AFTER INSERT ON ledger_unsealed
     DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_assert_batch()`,
    `CREATE TRIGGER ledger_entries_accepted AFTER INSERT ON ledger_entries
     REFERENCING NEW TABLE AS new_entries FOR EACH STATEMENT EXECUTE FUNCTION ledger_accept_entries()`,
  ];
}
