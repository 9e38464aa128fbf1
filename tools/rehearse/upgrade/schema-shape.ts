/** What a schema demands of whoever writes to it, and offers to whoever reads it. */
export interface SchemaShape {
  readonly columns: readonly ColumnShape[];
  readonly rules: readonly RuleShape[];
  /** Tables whose rows are held back from a session that does not say on whose behalf it asks. */
  readonly walled: readonly string[];
}

export interface ColumnShape {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  /** A row has to name it: NOT NULL, with neither default nor identity. */
  readonly isRequired: boolean;
}

/** A constraint or a unique index. */
export interface RuleShape {
  readonly table: string;
  readonly kind: 'check' | 'key' | 'reference';
  /** As PostgreSQL words it: two rules of one wording are one, whatever they are called. */
  readonly wording: string;
  readonly columns: readonly string[];
}

export interface ShapeReader {
  query<R>(sql: string, params: readonly unknown[]): Promise<readonly R[]>;
}

/** Reads the shape of a schema. Partitions are left out: their table speaks for them. */
export async function readShape(reader: ShapeReader, schema: string): Promise<SchemaShape> {
  const walled = await reader.query<{ table: string }>(WALLED, [schema]);
  return {
    columns: await reader.query<ColumnShape>(COLUMNS, [schema]),
    rules: await reader.query<RuleShape>(RULES, [schema]),
    walled: walled.map(({ table }) => table),
  };
}

const TABLES = `pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> 'migrations'`;

const COLUMNS = `
  SELECT t.relname AS "table", a.attname AS "column", format_type(a.atttypid, a.atttypmod) AS type,
         a.attnotnull AND NOT a.atthasdef AND a.attidentity = '' AS "isRequired"
    FROM (SELECT c.oid, c.relname FROM ${TABLES}) t
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
   ORDER BY 1, 2`;

const RULES = `
  WITH tables AS (SELECT c.oid, c.relname FROM ${TABLES})
  SELECT t.relname AS "table", CASE contype WHEN 'c' THEN 'check' WHEN 'f' THEN 'reference' ELSE 'key' END AS kind,
         pg_get_constraintdef(o.oid) AS wording,
         ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = t.oid AND attnum = ANY (o.conkey) ORDER BY 1) AS columns
    FROM tables t JOIN pg_constraint o ON o.conrelid = t.oid AND o.contype IN ('c', 'f', 'p', 'u', 'x')
   UNION ALL
  SELECT t.relname, 'key', regexp_replace(pg_get_indexdef(i.indexrelid), '^.* USING ', 'UNIQUE INDEX '),
         -- Those of its expressions and of its condition, too.
         ARRAY(SELECT DISTINCT attname::text FROM pg_depend d JOIN pg_attribute a ON a.attrelid = t.oid AND attnum = d.refobjsubid
                WHERE d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid AND d.refobjid = t.oid AND d.refobjsubid > 0
                ORDER BY 1)
    FROM tables t JOIN pg_index i ON i.indrelid = t.oid AND i.indisunique
   WHERE NOT EXISTS (SELECT FROM pg_constraint o WHERE o.conindid = i.indexrelid AND o.contype IN ('p', 'u', 'x'))
   ORDER BY 1, 3`;

const WALLED = `SELECT c.relname AS "table" FROM ${TABLES} AND c.relrowsecurity AND c.relforcerowsecurity ORDER BY 1`;
