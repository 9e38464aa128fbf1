import { Button, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from '@tanstack/react-router';
import { changeDeclaration, checkDeclaration, submitDeclaration } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { say } from '../../app/toast.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { useDraft } from '../../kit/use-draft.js';
import { DeclareSection } from './declare-fields.js';
import { DeclareMissing } from './declare-missing.js';
import { DeclarePapers } from './declare-papers.js';
import { DeclareQuestions } from './declare-questions.js';
import { changeOf, sectionsFor, valuesOf, wayChosen, type Values } from './declare.rules.js';
import type { DeclareData } from './use-declare-data.js';
import './declare.css';

/** What somebody wants done with what was typed. */
type Wish = 'save' | 'hand in';

/** The declaration as its exporter writes it: kept in the browser as it is typed, at the exchange when it is saved. */
export function DeclareForm({ data }: { readonly data: DeclareData }) {
  const { declaration, content, finding, completeness } = data;
  const [form] = Form.useForm<Values>();
  const draft = useDraft<Values>(`declaration:${declaration.id}`);
  const [initial] = useState<Values>(() => ({ ...valuesOf(content.form), ...draft.values }));
  const [mechanism, setMechanism] = useState(initial.mechanism);
  const way = wayChosen(finding, mechanism);
  const send = useHandIn(data, draft.forget);
  const wish = async (what: Wish) => {
    const fits = await form.validateFields().then(
      () => true,
      () => false,
    );
    if (fits) send.mutate({ what, values: form.getFieldsValue(true) as Values });
  };
  return (
    <div className="columns">
      <div>
        <DeclareQuestions declarationId={declaration.id} facts={content.facts} finding={finding} />
        <Form<Values>
          name="declare"
          form={form}
          layout="vertical"
          scrollToFirstError={{ focus: true }}
          initialValues={initial}
          onValuesChange={() => {
            const all = form.getFieldsValue(true) as Values;
            setMechanism(all.mechanism);
            draft.keep(all);
          }}
        >
          {sectionsFor(content, way).map((section) => (
            <DeclareSection key={section.id} section={section} error={send.error} />
          ))}
          <DeclarePapers finding={finding} way={way} />
        </Form>
        {send.isError && <ProblemAlert error={send.error} />}
        <HandIn
          data={data}
          busy={send.isPending ? send.variables.what : undefined}
          onWish={(what) => void wish(what)}
        />
      </div>
      <aside>
        <DeclareMissing
          completeness={completeness}
          way={way}
          onGo={(name) => form.scrollToField(name, { focus: true, block: 'center' })}
        />
      </aside>
    </div>
  );
}

/** Saves, and where it is wished takes the steps that are left: the rules' check, and digital customs. */
function useHandIn({ declaration, finding }: DeclareData, onSaved: () => void) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const path = { id: declaration.id };
  return useAction(
    async ({ what, values }: { readonly what: Wish; readonly values: Values }) => {
      const saved = await changeDeclaration({ path, body: { form: changeOf(values) }, throwOnError: true });
      if (what === 'save') return;
      if (saved.data.status === 'draft') await checkDeclaration({ path, throwOnError: true });
      if (!byMemo(finding.pathway.id)) await submitDeclaration({ path, throwOnError: true });
    },
    {
      onDone: (_nothing, { what }) => {
        onSaved();
        if (what === 'save') {
          say(t('declare.saved'));
          return;
        }
        say(t(byMemo(finding.pathway.id) ? 'declare.checked' : 'declare.submitted'));
        void navigate({ to: '/declarations/$declarationId', params: { declarationId: declaration.id } });
      },
    },
  );
}

/** What the rules exempt has nothing to hand in (completeness of customs says the same). */
const byMemo = (pathway: string) => pathway === 'EXEMPT' || pathway === 'NOT_AN_EXPORT';

interface HandInProps {
  readonly data: DeclareData;
  readonly busy: Wish | undefined;
  readonly onWish: (what: Wish) => void;
}

function HandIn({ data: { finding, declaration }, busy, onWish }: HandInProps) {
  const { t } = useTranslation();
  const memo = byMemo(finding.pathway.id);
  const blocked = finding.pathway.id === 'BLOCKED';
  return (
    <>
      {memo && <p className="notice calm">{t('declare.memo')}</p>}
      {blocked && <p className="notice">{t('declare.blocked')}</p>}
      <div className="actions">
        <Button loading={busy === 'save'} disabled={busy !== undefined} onClick={() => onWish('save')}>
          {t('declare.save')}
        </Button>
        {!blocked && !(memo && declaration.status !== 'draft') && (
          <Button
            type="primary"
            loading={busy === 'hand in'}
            disabled={busy !== undefined}
            onClick={() => onWish('hand in')}
          >
            {t(memo ? 'declare.check' : 'declare.submit')}
          </Button>
        )}
      </div>
    </>
  );
}
