import { ForwardMigration } from '../forward-migration.js';

const tables = [
  `CREATE TABLE ledger_segments (
     segment_no bigint PRIMARY KEY,
     first_sequence bigint NOT NULL UNIQUE,
     last_sequence bigint NOT NULL UNIQUE CHECK (last_sequence >= first_sequence),
     rows_root bytea NOT NULL CHECK (octet_length(rows_root) = 32),
     last_row bytea NOT NULL CHECK (octet_length(last_row) = 32),
     previous bytea NOT NULL CHECK (octet_length(previous) = 32),
     hash bytea NOT NULL CHECK (octet_length(hash) = 32),
     root bytea NOT NULL CHECK (octet_length(root) = 32),
     sealed_at timestamptz NOT NULL
   )`,
  `CREATE TABLE ledger_seals (
     sequence bigint PRIMARY KEY,
     transaction_no bigint NOT NULL UNIQUE,
     segment_no bigint NOT NULL,
     hash bytea NOT NULL CHECK (octet_length(hash) = 32)
   )`,
  // Perfect subtrees of the tree over the segments: a proof reads a few of them, however long the chain is.
  `CREATE TABLE ledger_chain_nodes (
     level smallint NOT NULL,
     place bigint NOT NULL,
     hash bytea NOT NULL CHECK (octet_length(hash) = 32),
     PRIMARY KEY (level, place)
   )`,
];

/** A batch leaves the list of the unsealed when all its transactions are sealed, and not before. */
const guardSealed = `
  CREATE FUNCTION ledger_refuse_unsealed() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (SELECT 1 FROM gone g JOIN ledger_transactions t ON t.transaction_no BETWEEN g.first_no AND g.last_no
                WHERE NOT EXISTS (SELECT 1 FROM ledger_seals s WHERE s.transaction_no = t.transaction_no)) THEN
      RAISE EXCEPTION 'DELETE on ledger_unsealed is refused: a transaction of it is not sealed' USING ERRCODE = 'HX004';
    END IF;
    RETURN NULL;
  END $$`;

const recorded = [
  'ledger_accounts',
  'ledger_movements',
  'ledger_transactions',
  'ledger_entries',
  'ledger_holds',
  'ledger_hold_legs',
  'ledger_hold_resolutions',
  'ledger_account_limits',
  'ledger_segments',
  'ledger_seals',
  'ledger_chain_nodes',
];

/**
 * The version of an account's last entry that was recorded at or before a moment: the recorded times of an account never
 * go back, so the entry is found by halving, a few look-ups in the primary key, without an index that every posting
 * would pay for.
 */
const versionAt = `
  CREATE FUNCTION ledger_version_at(p_account bigint, p_at timestamptz) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
  DECLARE
    v_low bigint := 0;
    v_high bigint;
    v_middle bigint;
    v_recorded_at timestamptz;
  BEGIN
    SELECT h.version INTO v_high FROM ledger_heads h WHERE h.account_no = p_account;
    WHILE v_low < coalesce(v_high, 0) LOOP
      v_middle := (v_low + v_high + 1) / 2;
      SELECT t.recorded_at INTO v_recorded_at FROM ledger_entries e JOIN ledger_transactions t USING (transaction_no)
       WHERE e.account_no = p_account AND e.version = v_middle;
      IF v_recorded_at <= p_at THEN v_low := v_middle; ELSE v_high := v_middle - 1; END IF;
    END LOOP;
    RETURN v_low;
  END $$`;

/** The chain of hashes over everything recorded, and the last privileges by which a record could change. */
export class ChainLedger1764000000011 extends ForwardMigration {
  protected readonly statements = [
    ...tables,
    guardSealed,
    versionAt,
    `CREATE TRIGGER ledger_unsealed_sealed AFTER DELETE ON ledger_unsealed
     REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_unsealed()`,
    ...['ledger_segments', 'ledger_seals', 'ledger_chain_nodes'].map(
      (table) => `CREATE TRIGGER ${table}_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change()`,
    ),
    // From the owner too: whoever wants them back has to grant them to himself first, and that is seen.
    ...recorded.flatMap((table) => [
      `REVOKE UPDATE, DELETE, TRUNCATE ON ${table} FROM PUBLIC`,
      `REVOKE UPDATE, DELETE, TRUNCATE ON ${table} FROM CURRENT_USER`,
    ]),
  ];
}
