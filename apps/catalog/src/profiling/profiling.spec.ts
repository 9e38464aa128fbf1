import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { guessColumn } from './column-guess.js';
import { profileTransitions } from './profile.js';
import { qualityOf, type Counted } from './quality.js';
import { guessEncoding, markedEncoding } from './text-encoding.js';
import { birthOf, valueForms, type FormName } from './value-forms.js';

const TODAY = '2026-03-01';
const holds = (form: FormName, value: string) => valueForms.find(({ name }) => name === form)?.holds(value);

describe('forms of values', () => {
  it.each([
    ['cn_resident_id', '11010519491231002X', true],
    ['cn_resident_id', '110105194912310021', false],
    ['cn_resident_id', '110105194902310028', false],
    ['hk_identity_card', 'A123456(3)', true],
    ['hk_identity_card', 'A1234563', true],
    ['hk_identity_card', 'A123456(4)', false],
    ['hk_identity_card', 'AB987654(3)', true],
    ['unified_social_credit_code', '91350100M000100Y43', true],
    ['unified_social_credit_code', '91350100M000100Y44', false],
    ['bank_card', '6222021234567890', false],
    ['bank_card', '4111111111111111', true],
    ['cn_mobile', '+86 13800138000', true],
    ['cn_mobile', '12345678901', false],
    ['email', 'li.lei@example.com.hk', true],
    ['email', 'not an address', false],
    ['ip_address', '192.168.1.255', true],
    ['ip_address', '192.168.1.256', false],
    ['icd10', 'E11.9', true],
    ['chinese_name', '欧阳小明', true],
    ['chinese_name', '歐陽明', true],
    ['chinese_name', '岭南本草', false],
    ['rs_id', 'rs53576', true],
    ['nucleotides', 'ACGTACGTACGTACGTACGTN', true],
  ] as const)('%s of %s is %s', (form, value, expected) => expect(holds(form, value)).toBe(expected));

  it('know the days there are', () => {
    expect(birthOf('110105200002290000')).toBe('2000-02-29');
    expect(birthOf('110105190002290000')).toBeUndefined();
    expect(birthOf('110105201311310000')).toBeUndefined();
  });
});

describe('what a column seems to be', () => {
  it.each([
    ['患者姓名', ['王小明', '李雷'], { personal: true, sensitive: false }],
    ['身份证号', ['11010519491231002X'], { personal: true, sensitive: true, minor: false }],
    [
      'id_no',
      ['11010519491231002X', '11010519491231002X'],
      { form: 'cn_resident_id', personal: true, sensitive: true },
    ],
    ['contact', ['13800138000', '13900139000'], { form: 'cn_mobile', personal: true }],
    ['mail', ['a@b.cn', 'c@d.hk'], { form: 'email', personal: true }],
    ['诊断', ['糖尿病'], { personal: true, sensitive: true, health: true }],
    ['snp', ['rs53576', 'rs1815739'], { form: 'rs_id', gene: true, personal: false }],
    ['監護人', ['陳大文'], { personal: true, sensitive: true, minor: true }],
    ['金额(元)', ['1.50'], { personal: false, unit: 'CNY' }],
    ['收缩压（mmHg）', ['120'], { unit: 'mm[Hg]' }],
    ['weight_kg', ['1'], { personal: false, unit: 'kg' }],
    ['herb', ['黄芪', '白术'], { form: null, personal: false, unit: null }],
    ['product_name', ['Ginseng'], { personal: false }],
    ['empty', [null, '', ' '], { form: null, personal: false, reasons: [] }],
  ])('%s with %j', (name, values, expected) => expect(guessColumn(name, values, TODAY)).toMatchObject(expected));

  it('tells of minors by the day of birth in their numbers', () => {
    const child = '110105201503070019';
    const check = [...'10X98765432'][
      [...child.slice(0, 17)].reduce((sum, digit, at) => sum + Number(digit) * (2 ** (17 - at) % 11), 0) % 11
    ];
    const { minor, reasons } = guessColumn('id', [child.slice(0, 17) + (check ?? '')], TODAY);
    expect([minor, reasons.at(-1)]).toEqual([true, 'some were born less than fourteen years ago']);
  });

  it('says how many values made it think so', () => {
    const { reasons } = guessColumn('c', ['a@b.cn', 'c@d.hk', 'e@f.sg', 'g@h.my', 'nobody'], TODAY);
    expect(reasons).toEqual(['4 of 5 values are email']);
  });
});

describe('the encoding of a text', () => {
  const chinese = '编号,患者姓名,地址\n1,王小明,北京市朝阳区大望路\n2,李雷,上海市黄浦区人民路\n';
  const traditional = Buffer.from(
    // 編號,姓名,地址 / 1,陳大文,香港九龍 / 2,李小明,香港中環 in Big5.
    'bd73b8b92ca96da6572ca661a77d0a312cb3afa46aa4e52cadbbb4e4a445c0730a322ca7f5a470a9fa2cadbbb4e4a4a4c0f40a',
    'hex',
  );
  const gb = Buffer.from(
    'b1e0bac52cd0d5c3fb2cb5d8d6b70a312ccdf5d0a1c3f72cb1b1beaacad0b3afd1f4c7f80a322cc0eec0d72cc9cfbaa3cad00a',
    'hex',
  );

  it.each([
    ['utf-8', Buffer.from(chinese)],
    ['utf-8', Buffer.from('plain ascii,1\n')],
    ['utf-8', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(chinese)])],
    ['utf-16le', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(chinese, 'utf16le')])],
    ['gb18030', gb],
    ['big5', traditional],
  ])('is found out: %s', (encoding, bytes) => expect(guessEncoding(bytes)).toBe(encoding));

  it('is not guessed where it could be several', () => {
    expect(guessEncoding(Buffer.from([0x41, 0x2c, 0xe9, 0x8a, 0x0a]))).toBeUndefined();
    expect(guessEncoding(Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7919) % 256)))).toBeUndefined();
  });

  it('is told by a byte order mark, however the text ends', () => {
    expect(markedEncoding(Buffer.from([0xfe, 0xff, 0x00]))).toEqual({ encoding: 'utf-16be', length: 2 });
    expect(guessEncoding(Buffer.from('药').subarray(0, 2))).toBe('utf-8');
  });
});

describe('the six dimensions of quality', () => {
  const counted: Counted = {
    ...{ rows: 90, columns: 2, filledCells: 171, brokenLines: 4, mistypedLines: 6 },
    formed: { values: 90, following: 88 },
    distinctRows: { count: 45, isExact: true },
    newest: new Date('2026-02-19T00:00:00Z'),
  };
  const scores = (change: Partial<Counted> = {}, promise: number | null = 1) =>
    Object.fromEntries(
      qualityOf({ ...counted, ...change }, promise, new Date(TODAY)).map(({ dimension, score }) => [dimension, score]),
    );

  it('are shares of what was counted, rounded down', () => {
    expect(scores()).toEqual({
      normativity: '97.77',
      completeness: '95.00',
      accuracy: '94.00',
      consistency: '50.00',
      timeliness: '10.00',
      accessibility: '96.00',
    });
  });

  it('are null where there is nothing to measure them by', () => {
    expect(scores({ newest: null })).toMatchObject({ timeliness: null });
    expect(scores({}, null)).toMatchObject({ timeliness: null });
    expect(scores({ formed: { values: 0, following: 0 }, distinctRows: null })).toMatchObject({
      normativity: null,
      consistency: null,
    });
  });

  it('stay between nothing and a hundred, which only the whole is', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), fc.nat(50), fc.nat(50), (rows, brokenLines, mistypedLines, missing) => {
        const filledCells = Math.max(0, rows * 2 - missing);
        for (const [dimension, score] of Object.entries(scores({ rows, brokenLines, mistypedLines, filledCells }))) {
          if (score === null) continue;
          expect(Number(score)).toBeGreaterThanOrEqual(0);
          expect(Number(score)).toBeLessThanOrEqual(100);
          if (dimension === 'accessibility') expect(score === '100.00').toBe(brokenLines === 0);
        }
      }),
    );
  });
});

describe('the life of a profile', () => {
  it('ends completed or failed, and nowhere else', () => {
    const ends = profileTransitions.states.filter((state) => profileTransitions.commandsFrom(state).length === 0);
    expect(ends).toEqual(['completed', 'failed']);
  });
});
