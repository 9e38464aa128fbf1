import { useTranslation } from 'react-i18next';
import { answerListingComment, type ReviewComment } from '@hetao/client';
import { Panel } from '../../kit/page.js';
import type { ListingData } from './listing-data.js';
import { formSteps, pointerOf, steps } from './listing-form.rules.js';
import { ReviewThread } from '../../kit/review-thread.js';

/** Whether a comment is about a field or something in it. */
const isAt = (pointer: string) => (comment: ReviewComment) =>
  comment.pointer === pointer || comment.pointer.startsWith(`${pointer}/`);

const POINTERS = formSteps.flatMap((step) => steps[step].map(pointerOf));

function Threads({ data, comments }: { readonly data: ListingData; readonly comments: readonly ReviewComment[] }) {
  return comments.map((comment) => (
    <ReviewThread
      key={comment.id}
      comment={comment}
      answer={(answer) =>
        answerListingComment({
          path: { id: data.product.id, comment: comment.id },
          body: { answer },
          throwOnError: true,
        })
      }
    />
  ));
}

/** Whether the reviewer wrote anything about a field. */
export const hasCommentsAt = (data: ListingData, pointer: string): boolean => data.comments.some(isAt(pointer));

/** What the reviewer wrote about one field. */
export function CommentsAt({ data, pointer }: { readonly data: ListingData; readonly pointer: string }) {
  return <Threads data={data} comments={data.comments.filter(isAt(pointer))} />;
}

/** What the reviewer wrote about the whole, or about what the wizard has no field for. */
export function LooseComments({ data }: { readonly data: ListingData }) {
  const { t } = useTranslation();
  const loose = data.comments.filter((comment) => !POINTERS.some((pointer) => isAt(pointer)(comment)));
  if (loose.length === 0) return null;
  return (
    <Panel title={t('listing.comments')}>
      <Threads data={data} comments={loose} />
    </Panel>
  );
}
