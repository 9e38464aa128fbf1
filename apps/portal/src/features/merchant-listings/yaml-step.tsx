import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exportListing, importListing, isProblem, validateListing, type Product } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { say } from '../../app/toast.js';
import { Loaded } from '../../kit/loaded.js';
import { Panel } from '../../kit/page.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { saveFile } from '../../kit/save-file.js';
import { FileFaults } from './file-faults.js';
import { isEditable } from './listing-form.rules.js';

/** The file goes as it was typed, not as JSON. */
const AS_IS = { bodySerializer: null } as const;

interface YamlStepProps {
  readonly product: Product;
  readonly onImported: (product: Product) => void;
}

/** The same listing as a file: read, changed, checked and brought back without leaving the page. */
export function YamlStep({ product, onImported }: YamlStepProps) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['listing-file', product.id, product.revision],
    queryFn: async ({ signal }) =>
      (await exportListing({ path: { id: product.id }, parseAs: 'text', signal, throwOnError: true })).data,
  });
  return (
    <Panel title={t('listing.yamlLabel')}>
      <p className="muted">{t('listing.yamlHint')}</p>
      <Loaded query={query} rows={8}>
        {(source) => <YamlFile source={source} editable={isEditable(product.status)} onImported={onImported} />}
      </Loaded>
    </Panel>
  );
}

function YamlFile({
  source,
  editable,
  onImported,
}: {
  readonly source: string;
  readonly editable: boolean;
  readonly onImported: (product: Product) => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState(source);
  const check = useAction(async (body: string) => (await validateListing({ body, ...AS_IS, throwOnError: true })).data);
  const bring = useAction(
    async (body: string, headers) => (await importListing({ body, headers, ...AS_IS, throwOnError: true })).data,
    {
      onDone: ({ outcome, product }) => {
        say(t(`listing.outcome.${outcome}`));
        onImported(product);
      },
    },
  );
  // What the one said of an earlier text is not what the other says of this one.
  const afterAnother = (before: { reset: () => void }, next: { mutate: (body: string) => void }) => {
    before.reset();
    next.mutate(text);
  };
  const failed = bring.error ?? check.error;
  const refused = isProblem(failed, 'LISTING_FILE_INVALID') ? failed : undefined;
  const faults = refused?.errors ?? check.data?.faults ?? [];
  return (
    <>
      <Input.TextArea
        className="yaml"
        aria-label={t('listing.yamlLabel')}
        value={text}
        readOnly={!editable}
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
        rows={28}
      />
      {check.data?.valid === true && <p className="notice good">{t('listing.checked')}</p>}
      {faults.length > 0 && <FileFaults faults={faults} />}
      {failed !== null && refused === undefined && <ProblemAlert error={failed} />}
      <div className="actions">
        {editable && (
          <Button loading={bring.isPending} disabled={text === source} onClick={() => afterAnother(check, bring)}>
            {t('listing.import')}
          </Button>
        )}
        <Button loading={check.isPending} onClick={() => afterAnother(bring, check)}>
          {t('listing.check')}
        </Button>
        <Button type="text" onClick={() => saveFile('listing.yaml', 'application/yaml', text)}>
          {t('listing.download')}
        </Button>
      </div>
    </>
  );
}
