import { defineErrors } from '@hetao/kernel';

export const paperErrors = defineErrors({
  PAPER_UNKNOWN: {
    kind: 'not_found',
    title: 'No such paper',
    fix: 'GET …/papers lists the papers of the declaration; each is printed as .docx, .pdf and .html.',
  },
  PAPER_NOT_APPLICABLE: {
    kind: 'conflict',
    title: 'The declaration has no use for this paper',
    fix: 'Take one of the papers the detail names; which ones there are follows from the finding.',
  },
});
