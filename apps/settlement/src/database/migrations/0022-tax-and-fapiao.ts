import { ForwardMigration } from '../forward-migration.js';

/** id, jurisdiction, category, name, basis points, from, until (exclusive), source. */
const rates: readonly (readonly [string, string, string, string, number, string, string | null, string])[] = [
  [
    'cn-vat-6-2013',
    'CN',
    'standard',
    'VAT, modern services',
    600,
    '2013-08-01',
    '2016-05-01',
    'Caishui [2013] 37, Annex 1 art. 12',
  ],
  [
    'cn-vat-6-2016',
    'CN',
    'standard',
    'VAT, modern services',
    600,
    '2016-05-01',
    '2026-01-01',
    'Caishui [2016] 36, Annex 1 art. 15',
  ],
  [
    'cn-vat-6-2026',
    'CN',
    'standard',
    'VAT, modern services',
    600,
    '2026-01-01',
    null,
    'VAT Law of the PRC art. 10 (3)',
  ],
  [
    'cn-vat-export-2016',
    'CN',
    'export',
    'VAT, zero-rated export of services',
    0,
    '2016-05-01',
    null,
    'Caishui [2016] 36, Annex 4',
  ],
  ['hk-none', 'HK', 'standard', 'No VAT or GST', 0, '1997-07-01', null, 'Hong Kong levies no tax on turnover'],
  ['mo-none', 'MO', 'standard', 'No VAT or GST', 0, '1999-12-20', null, 'Macao levies no tax on turnover'],
  [
    'us-none',
    'US',
    'standard',
    'No federal VAT',
    0,
    '1900-01-01',
    null,
    'No federal tax on turnover; state sales tax is outside this list',
  ],
  ['sg-gst-7-2007', 'SG', 'standard', 'GST', 700, '2007-07-01', '2023-01-01', 'GST Act 1993 s. 16'],
  ['sg-gst-8-2023', 'SG', 'standard', 'GST', 800, '2023-01-01', '2024-01-01', 'GST Act 1993 s. 16 as amended 2022'],
  ['sg-gst-9-2024', 'SG', 'standard', 'GST', 900, '2024-01-01', null, 'GST Act 1993 s. 16 as amended 2022'],
  [
    'sg-gst-export',
    'SG',
    'export',
    'GST, zero-rated international services',
    0,
    '1994-04-01',
    null,
    'GST Act 1993 s. 21 (3)',
  ],
  ['sg-gst-reverse-2020', 'SG', 'reverse_charge', 'GST, reverse charge', 0, '2020-01-01', null, 'GST Act 1993 s. 14'],
  ['my-sst-6-2018', 'MY', 'standard', 'Service tax', 600, '2018-09-01', '2024-03-01', 'Service Tax Act 2018 s. 10'],
  [
    'my-sst-8-2024',
    'MY',
    'standard',
    'Service tax',
    800,
    '2024-03-01',
    null,
    'Service Tax (Rate of Tax) (Amendment) Order 2024',
  ],
  [
    'vn-vat-10-2009',
    'VN',
    'standard',
    'VAT',
    1000,
    '2009-01-01',
    null,
    'Law 13/2008/QH12 art. 8; temporary cuts are outside this list',
  ],
  ['gb-vat-20-2011', 'GB', 'standard', 'VAT', 2000, '2011-01-04', null, 'VATA 1994 s. 2'],
  [
    'gb-vat-outside',
    'GB',
    'export',
    'VAT, outside the scope (B2B services abroad)',
    0,
    '2010-01-01',
    null,
    'VATA 1994 s. 7A',
  ],
  ['gb-vat-reverse-2010', 'GB', 'reverse_charge', 'VAT, reverse charge', 0, '2010-01-01', null, 'VATA 1994 s. 8'],
];

const quoted = (text: string | null): string => (text === null ? 'NULL' : `'${text.replaceAll("'", "''")}'`);
const rows = rates.map(
  ([id, jurisdiction, category, name, bps, from, until, source]) =>
    `('${id}', '${jurisdiction}', '${category}', ${quoted(name)}, ${bps}, '${from}', ${quoted(until)}, ${quoted(source)}, 'total', 'half_up')`,
);

const statements = [
  `CREATE TABLE tax_rates (
     tax_rate_id text PRIMARY KEY,
     jurisdiction text NOT NULL,
     category text NOT NULL CHECK (category IN ('standard', 'export', 'reverse_charge')),
     name text NOT NULL,
     rate_bps integer NOT NULL CHECK (rate_bps BETWEEN 0 AND 10000),
     valid_from date NOT NULL,
     valid_until date,
     source text NOT NULL,
     basis text NOT NULL CHECK (basis IN ('total')),
     rounding text NOT NULL CHECK (rounding IN ('half_up')),
     added_at timestamptz NOT NULL DEFAULT now(),
     added_by text NOT NULL DEFAULT 'release',
     CHECK (valid_until IS NULL OR valid_until > valid_from),
     CHECK (category = 'standard' OR rate_bps = 0)
   )`,
  `INSERT INTO tax_rates (tax_rate_id, jurisdiction, category, name, rate_bps, valid_from, valid_until, source, basis, rounding)
   VALUES ${rows.join(',\n          ')}`,
  `CREATE TABLE fapiao (
     fapiao_id text PRIMARY KEY,
     invoice_id text NOT NULL REFERENCES invoices,
     kind text NOT NULL CHECK (kind IN ('special', 'ordinary')),
     title text NOT NULL,
     taxpayer_no text,
     amount_minor bigint NOT NULL CHECK (amount_minor > 0),
     state text NOT NULL CHECK (state IN ('requested', 'issued', 'failed', 'red_requested', 'red_flushed')),
     number text,
     evidence_hash text,
     issued_on date,
     red_number text,
     red_evidence_hash text,
     red_on date,
     failure text,
     requested_at timestamptz NOT NULL,
     requested_by text NOT NULL,
     CHECK (kind <> 'special' OR taxpayer_no IS NOT NULL),
     CHECK ((state IN ('issued', 'red_requested', 'red_flushed')) =
            (number IS NOT NULL AND evidence_hash IS NOT NULL AND issued_on IS NOT NULL)),
     CHECK ((state = 'red_flushed') = (red_number IS NOT NULL AND red_evidence_hash IS NOT NULL AND red_on IS NOT NULL)),
     CHECK ((state = 'failed') = (failure IS NOT NULL))
   )`,
  // Numbers are given by the tax platform, and each of them once.
  `CREATE UNIQUE INDEX fapiao_number ON fapiao (number)`,
  `CREATE UNIQUE INDEX fapiao_red_number ON fapiao (red_number)`,
  `CREATE INDEX fapiao_invoice ON fapiao (invoice_id, requested_at)`,
];

/** Tax rates as data, each with its time and source, and the fapiao that belong to invoices. */
export class CreateTaxAndFapiao1764000000022 extends ForwardMigration {
  protected readonly statements = statements;
}
