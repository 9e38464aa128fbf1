/**
 * A plan made while the ledger is small, or from a guess of ten rows, is kept while it grows. So these functions leave the
 * planner no way to read a whole table or to compare everything with everything: rows are found by index through
 * `= ANY (array)`, a range, or a LATERAL sub-select with OFFSET 0, and sets are joined by hash.
 */
export const BY_INDEX = 'SET enable_seqscan = off SET enable_mergejoin = off SET enable_nestloop = off';

/** Once per statement that wrote transactions, at commit: what is in the list of the unsealed has to balance. */
export const assertBalanced = `
  CREATE FUNCTION ledger_assert_batch() RETURNS trigger LANGUAGE plpgsql ${BY_INDEX} AS $$
  DECLARE
    v_accounts bigint[];
    v_no bigint;
    v record;
  BEGIN
    SELECT array_agg(DISTINCT e.account_no) INTO v_accounts
      FROM ledger_entries e WHERE e.transaction_no BETWEEN NEW.first_no AND NEW.last_no;
    SELECT u.transaction_no INTO v_no
      FROM (SELECT t.transaction_no, -t.legs::bigint AS legs, false AS unbalanced
              FROM ledger_transactions t WHERE t.transaction_no BETWEEN NEW.first_no AND NEW.last_no
            UNION ALL
            SELECT e.transaction_no, count(*), sum(e.amount_minor) <> 0
              FROM ledger_entries e
              JOIN (SELECT a.account_no, a.currency FROM ledger_accounts a
                     WHERE a.account_no = ANY (v_accounts) OFFSET 0) a USING (account_no)
             WHERE e.transaction_no BETWEEN NEW.first_no AND NEW.last_no
             GROUP BY e.transaction_no, a.currency) u
     GROUP BY u.transaction_no HAVING sum(u.legs) <> 0 OR bool_or(u.unbalanced) LIMIT 1;
    IF NOT FOUND THEN RETURN NULL; END IF;
    SELECT t.idempotency_key, t.legs, c.found, c.unbalanced INTO v
      FROM ledger_transactions t,
           LATERAL (SELECT coalesce(sum(s.legs), 0) AS found, max(s.currency) FILTER (WHERE s.total <> 0) AS unbalanced
                      FROM (SELECT a.currency, count(*) AS legs, sum(e.amount_minor) AS total FROM ledger_entries e
                              JOIN ledger_accounts a USING (account_no) WHERE e.transaction_no = v_no GROUP BY a.currency) s) c
     WHERE t.transaction_no = v_no;
    RAISE EXCEPTION 'transaction % does not balance: % of % legs, currency %',
      v.idempotency_key, v.found, v.legs, coalesce(v.unbalanced, 'balanced') USING ERRCODE = 'HX001';
  END $$`;

/** Says which of the new entries is wrong, and how. It runs only when one is. */
const explain = `
    SELECT n.account_no, n.version, n.amount_minor, n.balance_minor, a.account_id, a.kind, t.idempotency_key, t.movement,
           t.created_xid = pg_current_xact_id() AS own, m.movement IS NOT NULL AS permitted,
           n.balance_minor = coalesce(p.balance_minor, 0) + n.amount_minor
             AND (p.version IS NOT NULL OR n.version = 1) AS continues,
           n.amount_minor > 0 AND n.balance_minor + h.held_debit_minor > h.ceiling_minor
             OR n.amount_minor < 0 AND n.balance_minor - h.held_credit_minor < h.floor_minor AS beyond
      INTO v
      FROM new_entries n
      LEFT JOIN LATERAL (SELECT * FROM ledger_transactions t WHERE t.transaction_no = n.transaction_no OFFSET 0) t ON true
      LEFT JOIN LATERAL (SELECT * FROM ledger_accounts a WHERE a.account_no = n.account_no OFFSET 0) a ON true
      LEFT JOIN LATERAL (SELECT * FROM ledger_heads h WHERE h.account_no = n.account_no OFFSET 0) h ON true
      LEFT JOIN ledger_movements m ON m.rules = t.rules AND m.movement = t.movement AND m.account_kind = a.kind
           AND m.side = CASE WHEN n.amount_minor > 0 THEN 'debit' ELSE 'credit' END
      LEFT JOIN LATERAL (SELECT * FROM ledger_entries p
                          WHERE p.account_no = n.account_no AND p.version = n.version - 1 OFFSET 0) p ON true
     WHERE t.created_xid IS DISTINCT FROM pg_current_xact_id() OR m.movement IS NULL
        OR n.balance_minor <> coalesce(p.balance_minor, 0) + n.amount_minor
        OR (p.version IS NULL AND n.version <> 1)
        OR n.amount_minor > 0 AND n.balance_minor + h.held_debit_minor > h.ceiling_minor
        OR n.amount_minor < 0 AND n.balance_minor - h.held_credit_minor < h.floor_minor
     ORDER BY n.transaction_no, n.leg LIMIT 1;
    IF v.account_no IS NULL THEN
      RAISE EXCEPTION 'an entry is recorded before the entry it follows' USING ERRCODE = 'HX006';
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
      v.balance_minor USING ERRCODE = 'HX003';`;

/**
 * The rules of the ledger over all entries of one statement at once, and the new heads in the same pass: entries join
 * transactions of their own database transaction, use permitted movements, continue their account without a gap in
 * version, balance and recorded time, and keep its limits, with what is reserved counted as gone.
 */
export const acceptEntries = `
  CREATE FUNCTION ledger_accept_entries() RETURNS trigger LANGUAGE plpgsql ${BY_INDEX} AS $$
  DECLARE
    v_first bigint;
    v_last bigint;
    v_accounts bigint[];
    v_sound boolean;
    v record;
  BEGIN
    SELECT min(n.transaction_no), max(n.transaction_no), array_agg(DISTINCT n.account_no)
      INTO v_first, v_last, v_accounts FROM new_entries n;
    IF v_first IS NULL THEN RETURN NULL; END IF;
    WITH e AS MATERIALIZED (
      SELECT n.account_no, n.version, n.amount_minor, n.balance_minor, t.rules, t.movement, t.recorded_at,
             lag(n.version) OVER w AS after_version, lag(n.balance_minor) OVER w AS after_minor,
             lag(t.recorded_at) OVER w AS after_recorded_at
        FROM new_entries n
        JOIN (SELECT t.transaction_no, t.rules, t.movement, t.recorded_at FROM ledger_transactions t
               WHERE t.transaction_no BETWEEN v_first AND v_last AND t.created_xid = pg_current_xact_id() OFFSET 0) t
          USING (transaction_no)
      WINDOW w AS (PARTITION BY n.account_no ORDER BY n.version)),
    touched AS (
      SELECT e.account_no, min(e.version) AS first_version, max(e.version) AS last_version, sum(e.amount_minor) AS moved,
             min(e.balance_minor - e.amount_minor) FILTER (WHERE e.after_version IS NULL) AS from_minor,
             max(e.balance_minor) FILTER (WHERE e.amount_minor > 0) AS highest,
             min(e.balance_minor) FILTER (WHERE e.amount_minor < 0) AS lowest,
             min(e.recorded_at) AS first_recorded_at, max(e.recorded_at) AS last_recorded_at,
             bool_and(e.after_version IS NULL OR (e.version = e.after_version + 1
               AND e.balance_minor = e.after_minor + e.amount_minor AND e.recorded_at >= e.after_recorded_at)) AS continues
        FROM e GROUP BY e.account_no),
    moved AS (
      UPDATE ledger_heads h
         SET version = t.last_version, balance_minor = h.balance_minor + t.moved, recorded_at = t.last_recorded_at
        FROM touched t
       WHERE h.account_no = t.account_no AND h.account_no = ANY (v_accounts) AND t.continues AND h.version = t.first_version - 1
         AND h.balance_minor = t.from_minor AND h.recorded_at <= t.first_recorded_at
         AND (h.ceiling_minor IS NULL OR t.highest IS NULL OR t.highest + h.held_debit_minor <= h.ceiling_minor)
         AND (h.floor_minor IS NULL OR t.lowest IS NULL OR t.lowest - h.held_credit_minor >= h.floor_minor)
      RETURNING h.account_no),
    used AS (
      SELECT DISTINCT u.rules, u.movement, a.kind, CASE WHEN u.is_debit THEN 'debit' ELSE 'credit' END AS side
        FROM (SELECT DISTINCT e.account_no, e.rules, e.movement, e.amount_minor > 0 AS is_debit FROM e) u
        JOIN (SELECT a.account_no, a.kind FROM ledger_accounts a WHERE a.account_no = ANY (v_accounts) OFFSET 0) a
          USING (account_no))
    SELECT (SELECT count(*) FROM e) = (SELECT count(*) FROM new_entries)
       AND (SELECT count(*) FROM moved) = (SELECT count(*) FROM touched)
       AND NOT EXISTS (SELECT 1 FROM used u LEFT JOIN ledger_movements m ON m.rules = u.rules AND m.movement = u.movement
                         AND m.account_kind = u.kind AND m.side = u.side WHERE m.movement IS NULL)
      INTO v_sound;
    IF v_sound THEN RETURN NULL; END IF;
${explain}
  END $$`;
