import { useTranslation } from 'react-i18next';
import type { CheckedListingFile } from '@hetao/client';
import { useProblemWords } from '../../i18n/problem-words.js';
import { useFormat } from '../../i18n/use-format.js';
import { written } from '../../kit/said.rules.js';
import { Told } from '../../kit/told.js';
import { readFileFault } from './file-fault.rules.js';
import './file-words.js';

export type Fault = CheckedListingFile['faults'][number];

/** What is wrong in a file, place by place. */
export function FileFaults({ faults }: { readonly faults: readonly Fault[] }) {
  const faultText = useFileFaultText();
  return (
    <ul className="problem" role="alert">
      {faults.map((fault) => (
        <li key={fault.detail}>
          <code>{fault.pointer}</code>
          <Told text={fault.detail}>{faultText(fault)}</Told>
        </li>
      ))}
    </ul>
  );
}

/** Where and what, in the reader's language; undefined where only the exchange's own words can tell. */
function useFileFaultText(): (fault: Fault) => string | undefined {
  const { t } = useTranslation();
  const format = useFormat();
  const kinds = useProblemWords('LISTING_FILE_INVALID');
  const ways = { line: format.count, column: format.count, most: format.count };
  return ({ pointer, detail }) => {
    const read = readFileFault(detail);
    if (read === undefined) return undefined;
    const { said, kind, own } = read;
    const what = said
      ? t(`listingFile.said.${said.word}`, written(said.values, ways))
      : kind && kinds.fault({ pointer, code: kind, detail: own });
    return what && `${t('listingFile.at', written({ line: read.line, column: read.column }, ways))} · ${what}`;
  };
}
