export const problem = {
  offlineTitle: 'The exchange does not answer',
  offlineDetail: 'Your network or the exchange is away at the moment. What you typed is kept.',
  offlineFix: 'Check your connection and try again.',
  brokenTitle: 'The answer could not be read',
  brokenDetail: 'Something on the way answered in the exchange’s place, or this page has a fault.',
  brokenFix: 'Try again; if it stays, tell the operator what you did.',
  mend: 'What to do:',
  asTold: 'As the exchange told it',
  trace: 'Trace',
  retry: 'Try again',
};
