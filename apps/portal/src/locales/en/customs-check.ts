export const customsCheck = {
  lead: 'Answers as far as the facts go, and asks only what still matters. Nobody has to sign in; nothing is kept.',
  back: 'Back',
  again: 'Start again',
  next: 'Next',
  question: 'Question {{number}}',
  complete: 'Nothing else matters: the finding is complete.',
  finding: 'Finding',
  decided: 'decided',
  open: 'not decided yet',
  possible: 'Still possible, until more is known:',
  rules: 'Rule set',
  countFault: 'Give a whole number',
};
