/** One table of the generated dataset: its SQL in DuckDB's dialect, one row a FHIR R4 resource, flattened. */
export interface GeneratedTable {
  readonly name: string;
  readonly patientKey: string;
  readonly maxRowsPerPatient: number;
  readonly sql: string;
}

/** Said in every row, in every file's metadata and on the card. */
export const SYNTHETIC_TAG = 'SYNTHETIC';

/** Draws: a number in [0, 1) for a row and a name, the same for the same seed on every machine. */
const draw = (seed: number, name: string, row: string): string =>
  `((md5_number_lower(concat('${seed}|${name}|', ${row})) % 1000003) / 1000003.0)`;
const pick = (values: readonly string[], at: string): string =>
  `list_value(${values.map((value) => `'${value}'`).join(', ')})[1 + CAST(floor(${at} * ${values.length}) AS INTEGER)]`;

const DISTRICTS = ['4401.01', '4401.06', '4403.04', '4403.05', '4404.02', '4406.05'];
/** GB/T 15657-2021 diseases of internal medicine, with an ICD-10 code each; the pairing is ours, for synthetic data. */
const DISEASES = ['BNX010|I20.9', 'BNX060|I10', 'BNP010|K29.5', 'BNP120|K58.9', 'BNF010|J44.9', 'BNS010|N18.9'];
/** GB/T 16751.2-2021 patterns. */
const PATTERNS = [
  'qi_deficiency',
  'blood_stasis',
  'damp_heat',
  'liver_depression',
  'kidney_yang_deficiency',
  'phlegm_damp',
];
const HERBS = [
  'astragalus',
  'angelica',
  'licorice',
  'poria',
  'ginseng',
  'salvia',
  'bupleurum',
  'rehmannia',
  'atractylodes',
];

/**
 * The TCM real-world dataset of the product card: internal medicine in Guangdong, 2019 to 2025, as FHIR-shaped tables. No
 * person is behind it; the relations in it (treatment, pattern and outcome go together) are put there so that there is
 * something to find.
 *
 * @param persons 1 to 5,000,000. @param seed any integer: the same seed gives the same bytes.
 */
export function tcmTables(persons: number, seed: number): readonly GeneratedTable[] {
  const ids = `SELECT range AS i, concat('SYN-', lpad(CAST(range AS VARCHAR), 8, '0')) AS patient_id FROM range(${persons})`;
  const of = (name: string, row = 'i'): string => draw(seed, name, row);
  const visits = `SELECT p.i, p.patient_id, v.range AS v, p.i * 16 + v.range AS e,
    concat('SYN-E-', CAST(p.i * 16 + v.range AS VARCHAR)) AS encounter_id,
    DATE '2019-01-01' + CAST(floor(${of('start', 'p.i')} * 1800) + v.range * 60 AS INTEGER) AS day
    FROM (${ids}) p, range(6) v WHERE v.range < 1 + floor(${of('visits', 'p.i')} * 6)`;
  // Hidden from everybody: how ill a person is, and whether they were treated. What is seen follows from these two.
  const severity = of('severity');
  const treated = `${of('treated')} < 0.5`;
  const tag = `'${SYNTHETIC_TAG}' AS meta_tag`;
  const table = (name: string, maxRowsPerPatient: number, columns: string, from: string): GeneratedTable => ({
    ...{ name, patientKey: 'patient_id', maxRowsPerPatient },
    sql: `SELECT '${FHIR[name] ?? 'Basic'}' AS resource_type, ${tag}, patient_id, ${columns} FROM (${from}) ORDER BY 3`,
  });
  const perVisit = (name: string, columns: string, most = 6): GeneratedTable =>
    table(
      name,
      most,
      `encounter_id, day AS ${name === 'encounter' ? 'period_start' : 'recorded_date'}, ${columns}`,
      visits,
    );
  return [
    table(
      'patient',
      1,
      `${pick(['female', 'male'], of('gender'))} AS gender, CAST(18 + floor(${of('age')} * 70) AS INTEGER) AS age,
       ${pick(DISTRICTS, of('district'))} AS district, concat('S', CAST(1 + floor(${of('site')} * 6) AS INTEGER)) AS site`,
      ids,
    ),
    perVisit('encounter', `${pick(['AMB', 'IMP'], of('class', 'e'))} AS class_code`),
    perVisit('diagnosis_tcm', `split_part(${pick(DISEASES, of('disease'))}, '|', 1) AS code`),
    perVisit('diagnosis_icd', `split_part(${pick(DISEASES, of('disease'))}, '|', 2) AS code`),
    perVisit('pattern', `${pick(PATTERNS, of('pattern'))} AS code`),
    perVisit(
      'tongue_pulse',
      `${pick(['pale', 'red', 'purple', 'pink'], of('tongue', 'e'))} AS tongue,
       ${pick(['thready', 'wiry', 'slippery', 'deep'], of('pulse', 'e'))} AS pulse`,
    ),
    perVisit(
      'prescription',
      `concat('F', CAST(1 + floor(${of('formula')} * 12) AS INTEGER)) AS formula, CAST(5 + floor(${of('days', 'e')} * 10) AS INTEGER) AS days`,
    ),
    perVisit(
      'herb_item',
      `${pick(HERBS, of('herb', 'e'))} AS ingredient, ${pick(['raw', 'honey_fried', 'wine_fried'], of('processing', 'e'))} AS processing,
       CAST(3 + floor(${of('dose', 'e')} * 27) AS DOUBLE) AS dose_g`,
    ),
    perVisit(
      'lab',
      `${pick(['hba1c', 'ldl', 'crp', 'creatinine'], of('lab', 'e'))} AS code,
       round(1 + 4 * ${severity} + 2 * ${of('value', 'e')} - CASE WHEN ${treated} THEN 0.4 * v ELSE 0 END, 2) AS value_quantity`,
    ),
    table(
      'outcome',
      1,
      `(${treated}) AS treated, CAST(30 + floor(1500 * ${of('time')} * (CASE WHEN ${treated} THEN 1 ELSE 0.7 END)) AS INTEGER) AS followup_days,
       ${of('event')} < 0.15 + 0.5 * ${severity} - (CASE WHEN ${treated} THEN 0.12 ELSE 0 END) AS event,
       round(10 * ${severity} + 3 * ${of('score')} - (CASE WHEN ${treated} THEN 2 ELSE 0 END), 1) AS symptom_score`,
      ids,
    ),
    table(
      'adverse_event',
      1,
      `${pick(['mild', 'moderate', 'severe'], of('grade'))} AS severity`,
      `${ids} WHERE ${draw(seed, 'adverse', 'range')} < 0.08`,
    ),
  ];
}

const FHIR: Readonly<Record<string, string>> = {
  patient: 'Patient',
  encounter: 'Encounter',
  diagnosis_tcm: 'Condition',
  diagnosis_icd: 'Condition',
  pattern: 'Observation',
  tongue_pulse: 'Observation',
  prescription: 'MedicationRequest',
  herb_item: 'MedicationRequest',
  lab: 'Observation',
  outcome: 'Observation',
  adverse_event: 'AdverseEvent',
};

/** The product card (cross-border-rules section 7.4), as far as the generator knows it. */
export function tcmCard(persons: number, seed: number): Readonly<Record<string, unknown>> {
  return {
    identity: {
      name_zh_hans: '2019年至2025年广东省中医内科真实世界数据集（合成）',
      synthetic: true,
      type: 'dataset',
      seed,
    },
    population: { persons, sites: 6, period: ['2019-01-01', '2025-12-31'], under14: false },
    content: { standards: ['FHIR-R4', 'GB/T 15657-2021', 'GB/T 16751.2-2021'], tables: Object.keys(FHIR) },
    privacy: { pi_status: 'synthetic', k_anonymity: 10, minors: false },
    access: { modes: ['code_to_data', 'aggregate_report'], output_check: 'two_person', min_cell: 10, watermark: true },
  };
}
