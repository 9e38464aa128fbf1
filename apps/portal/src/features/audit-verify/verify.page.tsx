import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { getLogKeys, proveConsistency } from '@hetao/client';
import { Page, Panel } from '../../kit/page.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { Tag } from '../../kit/status-tag.js';
import { steps, verifyReceipt, type Step } from './verify.rules.js';

/** A receipt, believed for reasons: each step is computed here, from what was pasted and the log's public keys. */
export function VerifyPage() {
  const { t } = useTranslation();
  const verify = useMutation({
    mutationFn: async (text: string) => {
      const [keys, published] = await Promise.all([getLogKeys({ throwOnError: true }), publishedCheckpoint()]);
      return verifyReceipt(text, {
        keys: [keys.data.log_key, keys.data.witness_key],
        published,
        proof: async (from, to) => {
          const query = { from: String(from), to: String(to) };
          return (await proveConsistency({ query, throwOnError: true })).data.path;
        },
      });
    },
  });
  return (
    <Page title={t('nav.verify')} lead={t('auditVerify.lead')}>
      <Panel>
        <Form<{ receipt: string }> layout="vertical" onFinish={({ receipt }) => verify.mutate(receipt)}>
          <Form.Item
            name="receipt"
            label={t('auditVerify.receipt')}
            extra={t('auditVerify.where')}
            rules={[{ required: true }]}
          >
            <Input.TextArea rows={8} spellCheck={false} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={verify.isPending}>
            {t('auditVerify.verify')}
          </Button>
        </Form>
      </Panel>
      {verify.isError && <ProblemAlert error={verify.error} />}
      {verify.data !== undefined && <Outcome found={verify.data} />}
    </Page>
  );
}

/** The log as anybody may read it, by C2SP tlog-tiles. */
async function publishedCheckpoint(): Promise<string> {
  const answer = await fetch('/v1/attestation-log/checkpoint');
  if (!answer.ok) throw new Error(`checkpoint: ${answer.status}`);
  return answer.text();
}

function Outcome({ found }: { readonly found: readonly Step[] }) {
  const { t } = useTranslation();
  const holds = found.length === steps.length && found.every((step) => step.holds);
  return (
    <Panel title={t('auditVerify.result')}>
      <div role="status">
        <p className={`notice ${holds ? 'good' : ''}`}>{t(holds ? 'auditVerify.holds' : 'auditVerify.fails')}</p>
        <ol className="timeline">
          {steps.map((name) => {
            const step = found.find((one) => one.name === name);
            return (
              <li key={name} className={toneClass(step)}>
                <span className="timeline-title">{t(`auditVerify.step.${name}`)}</span>{' '}
                {step === undefined ? (
                  <Tag tone="over">{t('auditVerify.notReached')}</Tag>
                ) : (
                  <Tag tone={step.holds ? 'good' : 'bad'}>{t(`status.${step.holds ? 'true' : 'false'}`)}</Tag>
                )}
                {step !== undefined && <Found step={step} />}
              </li>
            );
          })}
        </ol>
      </div>
    </Panel>
  );
}

/** What holds shows its figures; what does not says why, and on a click in the words of the proof. */
function Found({ step: { detail, why } }: { readonly step: Step }) {
  const { t } = useTranslation();
  if (why === undefined) return <p className="muted long-text">{detail}</p>;
  return (
    <>
      <p>{t(`auditVerify.why.${why}`)}</p>
      <details className="muted">
        <summary>{t('auditVerify.asFound')}</summary>
        <p lang="en" className="long-text">
          {detail}
        </p>
      </details>
    </>
  );
}

function toneClass(step: Step | undefined): string {
  if (step === undefined) return 'tone-waiting';
  return step.holds ? 'tone-good' : 'tone-bad';
}
