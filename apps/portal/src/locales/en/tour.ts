export const tour = {
  start: 'Guided tour',
  invite: 'New here? A few cards show you the way through your day.',
  decline: 'No, thank you',
  of: '{{step}} of {{all}}',
  skip: 'Skip the tour',
  back: 'Back',
  next: 'Next',
  finish: 'Done',
  card: {
    home: {
      title: 'Your day starts here',
      text: 'What cannot go on without you stands first. Each line leads to where you do it.',
    },
    find: {
      title: 'Find data',
      text: 'Search in English, either Chinese script or pinyin. A product says whether it may cross the border to you before you ask for it.',
    },
    sign: {
      title: 'Sign what both agreed on',
      text: 'A request binds nobody. Once the merchant agrees, the licence waits here for both signatures.',
    },
    use: {
      title: 'Use it',
      text: 'Every licence in force, what it is for, and whether customs has released it. Call it with a key, or work in the sandbox.',
    },
    recompute: {
      title: 'Check every invoice',
      text: 'Each line opens to the usage behind it. Recompute here rates the month again in your browser.',
    },
    list: {
      title: 'List a product',
      text: 'Write it in the wizard or as a file; both are the same. A reviewer answers beside each field.',
    },
    answer: {
      title: 'Answer buyers',
      text: 'Beside each request stands what your own policy says to it. Agree, make another offer, or decline.',
    },
    declare: {
      title: 'Cross the border',
      text: 'A licence over a border opens its declaration by itself. Here you see whose turn it is and which clock runs.',
    },
    paid: {
      title: 'Get paid',
      text: 'From gross to what reaches your bank: fee, tax and exchange rate, each opening to its lines.',
    },
    queues: {
      title: 'Everything that waits for you',
      text: 'One line a queue, with how long its oldest case waits. What is late is red.',
    },
    inbox: {
      title: 'One inbox',
      text: 'All queues as one list: what has a clock first, then the oldest. Open a case and decide it there.',
    },
    clear: {
      title: 'Digital customs',
      text: 'Declarations by whose hands they are in. Who entered a decision cannot release: a second officer does.',
    },
    reconcile: {
      title: 'Reconcile and close',
      text: 'Match what the bank says, then close the month. What is still in the way is named, with the way to it.',
    },
    trust: {
      title: 'Can it be trusted?',
      text: 'The books are audited every night, and the log is watched by another node. Alarms stand here.',
    },
    auditHome: {
      title: 'Nothing is taken on trust',
      text: 'Alarms, the last audit of the books, and what the bank left open.',
    },
    search: {
      title: 'Who did what',
      text: 'Search by person, object or request. Each entry carries the hash of the one before it.',
    },
    verify: {
      title: 'Verify a receipt',
      text: 'Paste a receipt: signer, inclusion and consistency are computed in your browser, step by step.',
    },
    perform: {
      title: 'Perform it again',
      text: 'Draw invoices by a seed and rate each again, line by line; the working paper is yours to keep.',
    },
  },
};
