import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { fetchOutput, recallOutput, withdrawOutput, type OutputRequestView } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { ActButton } from '../../kit/act-button.js';
import { AskReason } from '../../kit/ask-reason.js';
import { Panel } from '../../kit/page.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { saveFile } from '../../kit/save-file.js';
import type { movesOn } from './output.rules.js';

interface OutputActionsProps {
  readonly output: OutputRequestView;
  readonly moves: ReturnType<typeof movesOn>;
}

/** The file for its buyer, the way back for those who let it out. */
export function OutputActions({ output, moves }: OutputActionsProps) {
  const { t } = useTranslation();
  const call = { path: { id: output.id }, throwOnError: true } as const;
  return (
    <>
      {moves.download && <Download output={output} />}
      {moves.withdraw && (
        <ActButton
          label={t('sandboxReview.withdraw')}
          done={t('sandboxReview.withdrawn')}
          act={(headers) => withdrawOutput({ ...call, headers })}
        />
      )}
      {moves.recall && (
        <AskReason
          danger
          label={t('sandboxReview.recall')}
          hint={t('sandboxReview.recallHint')}
          done={t('sandboxReview.recalled')}
          act={(reason, headers) => recallOutput({ ...call, body: { reason }, headers })}
        />
      )}
    </>
  );
}

function Download({ output: { id, file_name: name } }: { readonly output: OutputRequestView }) {
  const { t } = useTranslation();
  const download = useAction(
    async (path: { readonly id: string }) => (await fetchOutput({ path, parseAs: 'text', throwOnError: true })).data,
    { onDone: (text) => saveFile(name, 'text/csv;charset=utf-8', text) },
  );
  return (
    <>
      <Button type="primary" loading={download.isPending} onClick={() => download.mutate({ id })}>
        {t('sandboxReview.download')}
      </Button>
      {download.isError && <ProblemAlert error={download.error} />}
    </>
  );
}

/** By which criteria, checks and votes it was let out: for people to read, for machines to keep. */
export function ReleaseRecord({
  output,
  record,
}: {
  readonly output: OutputRequestView;
  readonly record: NonNullable<OutputRequestView['release_record']>;
}) {
  const { t } = useTranslation();
  const text = JSON.stringify(record, null, 2);
  return (
    <Panel
      title={t('sandboxReview.record')}
      extra={
        <Button onClick={() => saveFile(`${output.id}-release-record.json`, 'application/json', text)}>
          {t('sandboxReview.saveRecord')}
        </Button>
      }
    >
      <section className="scroll" tabIndex={0} aria-label={t('sandboxReview.record')}>
        <pre className="small">{text}</pre>
      </section>
    </Panel>
  );
}
