/** What can be wrong in a listing.yaml, beside what the form would say as well. */
export const listingFile = {
  at: 'Line {{line}}, column {{column}}',
  said: {
    tooDeep: 'More than {{most}} things lie in each other; a listing needs ten.',
    notMapping: 'A listing file is a mapping: names, each with its value.',
    aliases: 'Aliases are not allowed: write the value out where it belongs.',
    goesTogether: 'Product and revision go together: either both or neither.',
    unknownKeys: 'Not known here: {{keys}}. Remove it.',
    idOf: 'This has to be an id that starts with {{prefix}}.',
    languageTag: 'This has to be a BCP 47 language tag, such as zh-Hant.',
    sha256: 'This has to be a SHA-256 in lower-case hexadecimal.',
    nodeId: 'Only lower-case letters, digits, “_” and “-”.',
    areaCode: 'This has to be an ISO 3166-1 or 3166-2 code, such as CN-GD.',
    endsBefore: 'The end must not lie before the beginning.',
    cells: 'Each row has {{cells}} cells, as there are columns.',
    percentage: 'This has to be a percentage from 0 to 100.',
    industryCode: 'This has to be a GB/T 4754-2017 code, such as Q84.',
    controls: 'Control characters are not allowed.',
    html: 'There is HTML in the text (its line {{line}}, column {{column}}): write Markdown, or put it between backticks.',
    address:
      'The text leads to “{{address}}” (its line {{line}}, column {{column}}): give an https, http or mailto address.',
    sameKeyTwice: 'The same name stands here twice.',
    nestedMapping:
      'A mapping may not begin behind another on one line: put quotation marks around a text with a colon.',
    tab: 'Tabs may not indent: use spaces.',
    sameColumn: 'What belongs together begins in the same column.',
    quoteOpen: 'A quotation mark is not closed.',
    bracketOpen: 'A bracket is not closed, or what it holds is not indented enough.',
    keyInOneLine: 'A name stands on one line.',
    valueMissing: 'Behind a name comes a colon and its value.',
    plainStart: 'A text that begins so needs quotation marks.',
  },
};
