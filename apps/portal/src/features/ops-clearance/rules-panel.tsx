import { useTranslation } from 'react-i18next';
import { decideDeclarationTrack, type CustomsFinding, type Declaration, type DeclarationPapers } from '@hetao/client';
import { Button, Form, Input } from 'antd';
import { useAction } from '../../api/use-action.js';
import { say } from '../../app/toast.js';
import { useFormat } from '../../i18n/use-format.js';
import { Rows } from '../../kit/data-list.js';
import { Facts } from '../../kit/detail.js';
import { Panel } from '../../kit/page.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { StatusTag } from '../../kit/status-tag.js';

interface RulesPanelProps {
  readonly finding: CustomsFinding;
  readonly declaration: Declaration;
  readonly papers: DeclarationPapers['data'];
}

/** What the rules made of the facts, rule by rule, the parallel procedures, and the papers that came out of it. */
export function RulesPanel({ finding, declaration, papers }: RulesPanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <Panel title={t('declaration.pathway')}>
        <Facts
          facts={[
            { label: t('declaration.pathway'), value: format.text(finding.pathway.text) },
            finding.rule !== null && { label: t('opsClearance.rule'), value: format.text(finding.rule.text) },
            { label: t('declaration.rules'), value: finding.rule_set.version },
          ]}
        />
        <details>
          <summary>{t('opsClearance.trace')}</summary>
          <section className="scroll" tabIndex={0} aria-label={t('opsClearance.trace')}>
            <Rows
              label={t('opsClearance.trace')}
              rows={finding.rules}
              rowKey={({ id }) => id}
              columns={[
                { key: 'rule', title: t('opsClearance.rule'), cell: ({ text }) => format.text(text) },
                { key: 'state', title: t('opsClearance.holds'), cell: ({ state }) => <StatusTag status={state} /> },
              ]}
            />
          </section>
        </details>
      </Panel>
      {declaration.tracks.length > 0 && (
        <Panel title={t('opsClearance.tracks')}>
          {declaration.tracks.map((track) => (
            <div key={track.id}>
              <h3>{format.text(finding.flags.find(({ id }) => id === track.flag)?.text ?? same(track.flag))}</h3>
              <StatusTag status={track.state} /> {track.reference}
              {track.state === 'open' && <TrackForm declarationId={declaration.id} track={track.id} />}
            </div>
          ))}
        </Panel>
      )}
      {papers.length > 0 && (
        <Panel title={t('opsClearance.papers')}>
          <ul>
            {papers.flatMap(({ kind, title, files }) =>
              files.map((file) => (
                <li key={`${kind} ${file}`}>
                  <a href={file}>
                    {format.text(title)} · {formatOf(file)}
                  </a>
                </li>
              )),
            )}
          </ul>
        </Panel>
      )}
    </>
  );
}

/** `…/papers/finding.pdf?language=en` → PDF. */
const formatOf = (address: string) => /\.(\w+)(\?|$)/.exec(address)?.[1]?.toUpperCase() ?? '';

const same = (text: string) => ({ en: text, 'zh-Hans': text, 'zh-Hant': text });

interface Outcome {
  readonly reference: string;
  readonly evidence_sha256: string;
}

/** Outcome of a procedure that runs beside the review; none may be open at release. */
function TrackForm({ declarationId, track }: { readonly declarationId: string; readonly track: string }) {
  const { t } = useTranslation();
  const decide = useAction(
    (outcome: Outcome) =>
      decideDeclarationTrack({
        path: { id: declarationId, track },
        body: { state: 'cleared', ...outcome },
        throwOnError: true,
      }),
    { onDone: () => say(t('opsClearance.trackDone')) },
  );
  return (
    <Form<Outcome>
      name={`track_${track}`}
      layout="vertical"
      className="narrow-form"
      onFinish={(outcome) => decide.mutate(outcome)}
    >
      <Form.Item name="reference" label={t('declaration.official')} rules={[{ required: true }]}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="evidence_sha256" label={t('opsClearance.evidence')} rules={[{ required: true, len: 64 }]}>
        <Input spellCheck={false} autoComplete="off" />
      </Form.Item>
      {decide.isError && <ProblemAlert error={decide.error} />}
      <Button htmlType="submit" loading={decide.isPending}>
        {t('opsClearance.clearTrack')}
      </Button>
    </Form>
  );
}
