export const access = {
  lead: 'What your organisation may use now, and what still stands between.',
  none: 'You may use nothing yet',
  noneHint: 'Access begins when both sides have signed and, over a border, customs has released.',
  for: 'For',
  release: 'Customs',
  use: 'Use',
  noQuota: 'no quota',
  noBorder: 'crosses no border',
  noRelease: 'not released yet',
};
