import { useTranslation } from 'react-i18next';
import type { CustomsRequirement, DeclarationCompleteness } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { Panel } from '../../kit/page.js';
import { placeOf, type FieldWord } from '../../kit/declaration/place.rules.js';
import { useAboutWord } from '../../kit/declaration/use-about-word.js';

type Missing = DeclarationCompleteness['missing'][number];

interface DeclareMissingProps {
  readonly completeness: DeclarationCompleteness;
  readonly way: CustomsRequirement | undefined;
  readonly onGo: (name: (string | number)[]) => void;
}

/** What keeps the saved draft from being handed in, each a way to its input. */
export function DeclareMissing({ completeness, way, onGo }: DeclareMissingProps) {
  const { t } = useTranslation();
  if (completeness.complete) return <p className="notice good">{t('declare.complete')}</p>;
  return (
    <Panel title={t('declare.missing')}>
      <p className="muted small">{t('declare.missingSaved')}</p>
      <ul>
        {completeness.missing.map((item) => (
          <li key={item.pointer + item.detail}>
            <MissingItem item={item} way={way} onGo={onGo} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function MissingItem({ item, way, onGo }: Omit<DeclareMissingProps, 'completeness'> & { readonly item: Missing }) {
  const { t } = useTranslation();
  const format = useFormat();
  const place = placeOf(item.pointer);
  const paper = way?.documents.find(({ id }) => item.code === 'DOCUMENT_MISSING' && item.detail.startsWith(`${id}:`));
  if (paper !== undefined) {
    return (
      <button type="button" className="quiet" onClick={() => onGo(['documents', paper.id])}>
        {format.text(paper.text)}
      </button>
    );
  }
  if (item.code === 'SUPPLEMENT_UNANSWERED') {
    const [id = ''] = item.pointer.split('/').slice(-1);
    return (
      <button type="button" className="quiet" onClick={() => onGo(['answers', id, 'text'])}>
        {t('declare.supplement.answer', { number: id.split('.').at(-1) })}
      </button>
    );
  }
  if (item.code !== 'FORM_MISSING' || place === undefined) return <Fault item={item} />;
  if (place.section !== undefined) return <>{t(`declare.section.${place.section}`)}</>;
  return (
    <button type="button" className="quiet" onClick={() => onGo(place.name)}>
      {t(`declare.field.${place.word as FieldWord}`)}
      {place.row !== undefined && ` (${place.row + 1})`}
    </button>
  );
}

/** What does not fit together: what it is and where in the reader's words, this one case as customs tells it. */
function Fault({ item: { code, pointer, detail } }: { readonly item: Missing }) {
  const { t, i18n } = useTranslation();
  const about = useAboutWord(undefined);
  const name = `declare.fault.${code}` as 'declare.fault.FACT_MISSING';
  return (
    <>
      {i18n.exists(name as string) && (
        <>
          {t(name)} · {about(pointer)}
          <br />
        </>
      )}
      <span lang="en" className="muted small">
        {detail}
      </span>
    </>
  );
}
