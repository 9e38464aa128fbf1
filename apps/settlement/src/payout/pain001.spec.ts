import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { currencies } from '@hetao/kernel';
import fc from 'fast-check';
import { validateXML } from 'xmllint-wasm';
import { buildPain001, fitsAccount, fitsAmount, type PaymentFile } from './pain001.js';

/** As its registration authority published it: test/schemas/README.md. */
const schema = readFileSync(fileURLToPath(new URL('../../test/schemas/pain.001.001.09.xsd', import.meta.url)), 'utf8');

const file: PaymentFile = {
  messageId: 'PMF01',
  createdAt: new Date('2015-06-18T08:00:00.000Z'),
  debtor: { name: 'Hetao Exchange', accountNumber: '4000', bic: 'BKCHCNBJ' },
  currency: 'CNY',
  executionDate: '2015-06-19',
  transfers: [
    {
      endToEndId: 'E1',
      amountMinor: 106n,
      creditor: { name: '岭南 & Co <1>', iban: 'GB82WEST12345698765432', bic: 'DEUTDEFF500' },
      remittance: 'June',
    },
    { endToEndId: 'E2', amountMinor: 1n, creditor: { name: 'Macau', accountNumber: '6222-1' }, remittance: '' },
  ],
};

/** Every element of a file by its path, in order. */
function pathsOf(xml: string): readonly string[] {
  const open: string[] = [];
  const paths: string[] = [];
  for (const [, close, name = ''] of xml.matchAll(/<(\/?)([A-Za-z]+)[^>?]*>/g)) {
    if (close === '/') open.pop();
    else {
      open.push(name);
      paths.push(open.join('/'));
    }
  }
  return paths;
}

/** A file without one of its elements. */
function without(xml: string, path: string): string {
  const [name = '', parent = ''] = path.split('/').reverse();
  const inside = new RegExp(`(<${parent}(?: [^>]*)?>(?:(?!</${parent}>).)*?)<${name}(?: [^>]*)?>.*?</${name}>`, 's');
  return xml.replace(inside, '$1');
}

describe('a payment file', () => {
  it('is what the published schema of pain.001.001.09 asks for, each of its elements', async () => {
    const xml = buildPain001(file);
    expect(await validateXML({ xml, schema })).toMatchObject({ valid: true, errors: [] });
    const paths = [...new Set(pathsOf(xml).map((path) => path.replace('Document/CstmrCdtTrfInitn/', '')))];
    expect(paths).toEqual([
      ...['Document', 'Document/CstmrCdtTrfInitn', 'GrpHdr', 'GrpHdr/MsgId', 'GrpHdr/CreDtTm', 'GrpHdr/NbOfTxs'],
      ...['GrpHdr/CtrlSum', 'GrpHdr/InitgPty', 'GrpHdr/InitgPty/Nm', 'PmtInf', 'PmtInf/PmtInfId', 'PmtInf/PmtMtd'],
      ...['PmtInf/BtchBookg', 'PmtInf/NbOfTxs', 'PmtInf/CtrlSum', 'PmtInf/ReqdExctnDt', 'PmtInf/ReqdExctnDt/Dt'],
      ...['PmtInf/Dbtr', 'PmtInf/Dbtr/Nm', 'PmtInf/DbtrAcct', 'PmtInf/DbtrAcct/Id', 'PmtInf/DbtrAcct/Id/Othr'],
      ...['PmtInf/DbtrAcct/Id/Othr/Id', 'PmtInf/DbtrAcct/Ccy', 'PmtInf/DbtrAgt', 'PmtInf/DbtrAgt/FinInstnId'],
      ...['PmtInf/DbtrAgt/FinInstnId/BICFI', 'PmtInf/ChrgBr', 'PmtInf/CdtTrfTxInf', 'PmtInf/CdtTrfTxInf/PmtId'],
      ...['PmtInf/CdtTrfTxInf/PmtId/InstrId', 'PmtInf/CdtTrfTxInf/PmtId/EndToEndId', 'PmtInf/CdtTrfTxInf/Amt'],
      ...['PmtInf/CdtTrfTxInf/Amt/InstdAmt', 'PmtInf/CdtTrfTxInf/CdtrAgt', 'PmtInf/CdtTrfTxInf/CdtrAgt/FinInstnId'],
      ...['PmtInf/CdtTrfTxInf/CdtrAgt/FinInstnId/BICFI', 'PmtInf/CdtTrfTxInf/Cdtr', 'PmtInf/CdtTrfTxInf/Cdtr/Nm'],
      ...['PmtInf/CdtTrfTxInf/CdtrAcct', 'PmtInf/CdtTrfTxInf/CdtrAcct/Id', 'PmtInf/CdtTrfTxInf/CdtrAcct/Id/IBAN'],
      ...['PmtInf/CdtTrfTxInf/RmtInf', 'PmtInf/CdtTrfTxInf/RmtInf/Ustrd', 'PmtInf/CdtTrfTxInf/CdtrAcct/Id/Othr'],
      'PmtInf/CdtTrfTxInf/CdtrAcct/Id/Othr/Id',
    ]);
  });

  it.each([
    ...['GrpHdr/MsgId', 'GrpHdr/CreDtTm', 'GrpHdr/NbOfTxs', 'GrpHdr/InitgPty', 'PmtInf/PmtInfId', 'PmtInf/PmtMtd'],
    ...[
      'PmtInf/ReqdExctnDt',
      'PmtInf/Dbtr',
      'PmtInf/DbtrAcct',
      'PmtInf/DbtrAgt',
      'CdtTrfTxInf/PmtId',
      'CdtTrfTxInf/Amt',
    ],
    ...['PmtId/EndToEndId', 'Amt/InstdAmt', 'DbtrAgt/FinInstnId', 'DbtrAcct/Id', 'CdtrAcct/Id'],
  ])('would be refused without %s', async (path) => {
    const lacking = without(buildPain001(file), path);
    expect(lacking).not.toBe(buildPain001(file));
    expect((await validateXML({ xml: lacking, schema })).valid).toBe(false);
  });

  it('keeps to the schema whatever its parties are called and its payments come to', async () => {
    const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }).map((text) => `N${text}`);
    const account = fc.oneof(
      fc.record({ name, accountNumber: fc.stringMatching(/^[A-Z0-9-]{1,34}$/) }),
      fc.record({ name, iban: fc.stringMatching(/^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$/), bic: fc.constant('BKCHCNBJ') }),
    );
    const transfer = fc.record({
      endToEndId: fc.stringMatching(/^[A-Z0-9]{1,35}$/),
      amountMinor: fc.bigInt(1n, 10n ** 15n),
      creditor: account,
      remittance: fc.string({ unit: 'binary', maxLength: 200 }),
    });
    const files = fc.record({
      ...{
        messageId: fc.stringMatching(/^[A-Z0-9]{1,35}$/),
        debtor: account,
        currency: fc.constantFrom(...currencies),
      },
      ...{ createdAt: fc.constant(file.createdAt), executionDate: fc.constant('2015-06-19') },
      transfers: fc.array(transfer, { minLength: 1, maxLength: 20 }),
    });
    // One schema for many files: reading it is most of the work.
    const xml = fc.sample(files, 60).map((one, at) => ({ fileName: `${at}.xml`, contents: buildPain001(one) }));
    expect(await validateXML({ xml, schema })).toMatchObject({ valid: true, errors: [] });
  });

  it.each([
    [{ name: 'N', iban: 'GB82WEST12345698765432' }, true],
    [{ name: 'N', iban: 'GB82 WEST' }, false],
    [{ name: 'N', accountNumber: '6222-1' }, true],
    [{ name: 'N', accountNumber: '1'.repeat(35) }, false],
    [{ name: 'N', accountNumber: '' }, false],
    [{ name: 'N' }, false],
    [{ name: '\u0007', accountNumber: '1' }, false],
    [{ name: 'N', accountNumber: '1', bic: 'BKCHCNBJ' }, true],
    [{ name: 'N', accountNumber: '1', bic: 'BANK' }, false],
  ])('names the account %j: %s', (account, fits) => {
    expect(fitsAccount(account)).toBe(fits);
  });

  it('has no room for an amount of more than eighteen digits', () => {
    expect(fitsAmount(10n ** 18n - 1n, 'CNY')).toBe(true);
    expect(fitsAmount(10n ** 18n, 'CNY')).toBe(false);
    expect(fitsAmount(10n ** 18n, 'VND')).toBe(false);
  });
});
