/** What the automatic checks find in a listing, and the laws they rest on (a dot would part a name, so they have none). */
export const listingFindings = {
  said: {
    noCertificate: 'The merchant holds no certificate of this exchange.',
    certificateEnded: 'The merchant’s certificate ended on {{day}}.',
    rightEnded: 'The right to {{name}} ended on {{day}}.',
    paperMissing: 'A paper of this kind is needed: {{paper}}.',
    issuerUnknown: '{{issuer}} is no approved body of this exchange that may issue this: {{paper}}.',
    paperEnded: 'The paper does not hold today: it held until {{day}}.',
    paperNotYet: 'The paper does not hold today: it is issued on a later day.',
    registrationEnded: 'The registration ended on {{day}}.',
    registrarUnknown: 'The registrar takes no part in this exchange.',
    registrationOfAnother: 'The certificate names another holder and gives no right to operate.',
    cardMissing: 'This exchange lists no product without a card.',
    geneSale:
      'Human genetic resources may not be bought or sold. Handing them over for scientific research at reasonable cost is no sale: then say so with gene_use “research_at_cost”.',
    coreData: 'Core data of the state is not traded.',
    personalWithoutBasis: 'Personal information is in it, and no legal ground to process it is named.',
    sensitiveWithoutNecessity: 'Sensitive personal information needs a specific purpose and sufficient necessity.',
    importantNotClassed: 'A column is important data, yet the product is not classed so.',
    textsMissing: 'The texts in this language are still missing: {{language}}.',
    noChinese: 'There is no Chinese in this text: {{language}}.',
    textStatusMissing: 'Say who wrote the texts in each language.',
    sectionEmpty: 'This section is empty: {{section}}.',
    deliveryMissing: 'Say how a buyer gets at it.',
    computeMissing: 'A compute session says what it runs on.',
    dictionaryMissing: 'A dataset is listed with its data dictionary.',
    notAssessed: 'Not assessed: {{dimensions}}.',
  },
  section: {
    summary: 'summary',
    industry: 'industry',
    coverage: 'coverage',
    provenance: 'where it comes from',
    licence: 'licence',
    legal: 'law',
  },
  law: {
    'Data Security Law, article 21': 'Data Security Law, article 21',
    'Data Security Law, article 33': 'Data Security Law, article 33',
    'Data Security Law, articles 21 and 30': 'Data Security Law, articles 21 and 30',
    'PIPL, article 13': 'PIPL, article 13',
    'PIPL, article 28': 'PIPL, article 28',
    'PIPL, article 55': 'PIPL, article 55',
    'Regulation on Human Genetic Resources (State Council Order 717), article 10':
      'Regulation on Human Genetic Resources (State Council Order 717), article 10',
    'Regulation on Human Genetic Resources, articles 10 and 27':
      'Regulation on Human Genetic Resources, articles 10 and 27',
    'Measures for Ethical Review of Life Science Research (2023), article 4':
      'Measures for Ethical Review of Life Science Research (2023), article 4',
    'NDA 2026 No 35': 'NDA 2026 No. 35',
    'GB/T 36344-2018': 'GB/T 36344-2018',
  },
};
