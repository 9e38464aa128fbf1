import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askModel, readModel, type Model } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { Panel } from '../../kit/page.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { saveFile } from '../../kit/save-file.js';
import { numbersIn } from './model.rules.js';

/** The file of a model that was given away. */
export function DownloadModel({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const download = useAction(
    async (path: { readonly id: string }) => (await readModel({ path, parseAs: 'blob', throwOnError: true })).data,
    { onDone: (file) => saveFile(`${id}.onnx`, 'application/octet-stream', file as Blob) },
  );
  return (
    <>
      <Button type="primary" loading={download.isPending} onClick={() => download.mutate({ id })}>
        {t('sandbox.model.download')}
      </Button>
      {download.isError && <ProblemAlert error={download.error} />}
    </>
  );
}

/** A row put to a model, while its cap lasts: each counts, and is billed. */
export function AskModel({ model }: { readonly model: Model }) {
  const { t } = useTranslation();
  const [line, setLine] = useState('');
  const ask = useAction((rows: number[][], headers) =>
    askModel({ path: { id: model.id }, body: { rows }, headers, throwOnError: true }),
  );
  const row = numbersIn(line);
  const [probability] = ask.data?.data.probabilities ?? [];
  return (
    <Panel title={t('sandbox.model.ask')}>
      <Form layout="vertical" className="narrow-form" onFinish={() => row && ask.mutate([[...row]])}>
        <Form.Item label={t('sandbox.model.row')} htmlFor="model-row" extra={t('sandbox.model.rowHint')}>
          <Input id="model-row" value={line} maxLength={4_000} onChange={(event) => setLine(event.target.value)} />
        </Form.Item>
        {ask.isError && <ProblemAlert error={ask.error} />}
        <Button htmlType="submit" disabled={row === null} loading={ask.isPending}>
          {t('sandbox.model.ask')}
        </Button>
      </Form>
      {probability !== undefined && (
        <p role="status">
          {t('sandbox.model.answer')} <strong>{probability}</strong>
        </p>
      )}
    </Panel>
  );
}
