import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { dryRunRuleSet, type CustomsFinding } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { Panel } from '../../kit/page.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { Tag } from '../../kit/status-tag.js';
import { useDraft } from '../../kit/use-draft.js';
import { factsIn } from './fact-lines.rules.js';

interface Values {
  readonly facts?: string;
}

/** What a version would say to facts that nobody has declared: nothing is kept, and nobody is bound by it. */
export function RuleDryRun({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const draft = useDraft<Values>('rule-dry-run');
  const run = useMutation({
    mutationFn: async ({ facts = '' }: Values) =>
      (await dryRunRuleSet({ path: { id }, body: { facts: factsIn(facts).facts }, throwOnError: true })).data,
  });
  const readable = (_rule: unknown, text = '') => {
    const { faults } = factsIn(text);
    return faults.length === 0
      ? Promise.resolve()
      : Promise.reject(new Error(t('opsRules.lineFault', { lines: faults.join(', ') })));
  };
  return (
    <Panel title={t('opsRules.dryRun')}>
      <p className="muted">{t('opsRules.dryRunHint')}</p>
      <Form<Values>
        layout="vertical"
        className="narrow-form"
        initialValues={{ facts: 'tx.origin = CN\ntx.destination = HK', ...draft.values }}
        onValuesChange={(_changed, all) => draft.keep(all)}
        onFinish={(values) => run.mutate(values)}
      >
        <Form.Item name="facts" label={t('opsRules.facts')} rules={[{ validator: readable }]}>
          <Input.TextArea rows={6} spellCheck={false} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={run.isPending}>
          {t('opsRules.run')}
        </Button>
      </Form>
      {run.isError && <ProblemAlert error={run.error} />}
      {run.data !== undefined && <Verdict finding={run.data} />}
    </Panel>
  );
}

function Verdict({ finding }: { readonly finding: CustomsFinding }) {
  const { t } = useTranslation();
  const format = useFormat();
  const decided = finding.possible_pathways.length === 1;
  return (
    <section role="status" aria-label={t('customsCheck.finding')}>
      <h3>
        {format.text(finding.pathway.text)}{' '}
        <Tag tone={decided ? 'good' : 'waiting'}>{t(decided ? 'customsCheck.decided' : 'customsCheck.open')}</Tag>
      </h3>
      {finding.rule !== null && (
        <p className="long-text">
          <code>{finding.rule.id}</code> {format.text(finding.rule.text)}
        </p>
      )}
      {finding.waiting_for !== null && (
        <p className="muted">{t('opsRules.waitingFor', { facts: finding.waiting_for.facts.join(', ') })}</p>
      )}
    </section>
  );
}
