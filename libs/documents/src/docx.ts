import { strToU8, zipSync, type Zippable } from 'fflate';
import { assertPrintable, type Block, type PrintColumn, type PrintDocument, type PrintLanguage } from './document.js';
import { escapeXml } from './escape.js';

/** Office Open XML (ECMA-376, ISO/IEC 29500): a word-processing document is a zip of these parts. */
const CONTENT_TYPES = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>
<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>
<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
</Types>`;
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const PACKAGE_RELATIONS = `<Relationships xmlns="${RELATIONS}">
<Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>
</Relationships>`;
const DOCUMENT_RELATIONS = `<Relationships xmlns="${RELATIONS}">
<Relationship Id="rId1" Type="${OFFICE}/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="${OFFICE}/numbering" Target="numbering.xml"/>
<Relationship Id="rId3" Type="${OFFICE}/footer" Target="footer1.xml"/>
</Relationships>`;
const WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const NUMBERING = `<w:numbering ${WORD}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:pPr><w:ind w:left="480" w:hanging="240"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`;

/** Fonts that word processors have for Chinese, and the language tag of each text. */
const FONTS: Readonly<Record<PrintLanguage, readonly [eastAsian: string, tag: string]>> = {
  en: ['SimSun', 'en-GB'],
  'zh-Hans': ['SimSun', 'zh-CN'],
  'zh-Hant': ['PMingLiU', 'zh-HK'],
};
/** Twentieths of a point: A4 with margins of 20 mm. */
const PAGE = { width: 11_906, height: 16_838, margin: 1_134 } as const;
const TEXT_WIDTH = PAGE.width - 2 * PAGE.margin;
/** The earliest time a zip entry can carry: the time of printing would make every copy another file. */
const UNDATED = '1980-01-01T00:00:00';

/**
 * Prints a document as DOCX. The same document always gives the same bytes.
 *
 * @throws DomainException PRINT_DOCUMENT_INVALID.
 */
export function renderDocx(document: PrintDocument): Promise<Buffer> {
  assertPrintable(document);
  const part = (xml: string): Zippable[string] => [
    strToU8(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${xml}`),
    { mtime: UNDATED, level: 6 },
  ];
  const file = zipSync({
    '[Content_Types].xml': part(CONTENT_TYPES),
    '_rels/.rels': part(PACKAGE_RELATIONS),
    'docProps/core.xml': part(coreProperties(document)),
    'word/_rels/document.xml.rels': part(DOCUMENT_RELATIONS),
    'word/document.xml': part(
      `<w:document ${WORD} xmlns:r="${OFFICE}"><w:body>${bodyOf(document)}</w:body></w:document>`,
    ),
    'word/footer1.xml': part(
      `<w:ftr ${WORD}>${paragraph(runs(document.footer), { style: 'Footer' })}${paragraph(PAGE_FIELD, { style: 'Footer' })}</w:ftr>`,
    ),
    'word/numbering.xml': part(NUMBERING),
    'word/styles.xml': part(stylesOf(document.language)),
  });
  return Promise.resolve(Buffer.from(file));
}

const PAGE_FIELD =
  '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>' +
  '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>';

function bodyOf({ title, subtitle, facts, blocks }: PrintDocument): string {
  const head = [
    paragraph(runs(title), { style: 'Title' }),
    ...(subtitle === undefined ? [] : [paragraph(runs(subtitle), { style: 'Subtitle' })]),
    ...(facts.length === 0
      ? []
      : [
          tableOf(
            [
              { title: '', share: 1 },
              { title: '', share: 2 },
            ],
            facts.map(({ label, value }) => [label, value]),
            false,
          ),
          paragraph('', {}),
        ]),
  ];
  const section =
    `<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="${PAGE.width}" w:h="${PAGE.height}"/>` +
    `<w:pgMar w:top="${PAGE.margin}" w:right="${PAGE.margin}" w:bottom="${PAGE.margin}" w:left="${PAGE.margin}" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>`;
  return [...head, ...blocks.map(blockOf), section].join('');
}

function blockOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return paragraph(runs(block.text), { style: `Heading${block.level}` });
    case 'paragraph':
      return paragraph(runs(block.text), {});
    case 'note':
      return paragraph(runs(block.text), { style: 'Note' });
    case 'list':
      return block.items
        .map((item) =>
          paragraph(runs(item), { numbering: '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' }),
        )
        .join('');
    case 'table':
      // Word joins tables that touch: an empty paragraph keeps them apart.
      return tableOf(block.columns, block.rows, true) + paragraph('', {});
    case 'page-break':
      return paragraph('<w:r><w:br w:type="page"/></w:r>', {});
  }
}

interface ParagraphLook {
  readonly style?: string;
  readonly numbering?: string;
  readonly align?: 'left' | 'right';
}

function paragraph(content: string, { style, numbering = '', align }: ParagraphLook): string {
  const look =
    (style === undefined ? '' : `<w:pStyle w:val="${style}"/>`) +
    numbering +
    (align === 'right' ? '<w:jc w:val="right"/>' : '');
  return `<w:p>${look === '' ? '' : `<w:pPr>${look}</w:pPr>`}${content}</w:p>`;
}

function runs(text: string): string {
  return text
    .split('\n')
    .map((line) => `<w:r><w:t xml:space="preserve">${escapeXml(line)}</w:t></w:r>`)
    .join('<w:r><w:br/></w:r>');
}

function tableOf(columns: readonly PrintColumn[], rows: readonly (readonly string[])[], headed: boolean): string {
  const whole = columns.reduce((sum, { share = 1 }) => sum + share, 0);
  const widths = columns.map(({ share = 1 }) => Math.floor((TEXT_WIDTH * share) / whole));
  const cell = (text: string, at: number, style?: string): string => {
    const align = columns[at]?.align ?? 'left';
    const look = style === undefined ? { align } : { align, style };
    return `<w:tc><w:tcPr><w:tcW w:w="${widths[at] ?? 0}" w:type="dxa"/></w:tcPr>${paragraph(runs(text), look)}</w:tc>`;
  };
  const border = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
    .map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="9AA3AE"/>`)
    .join('');
  const head = headed
    ? `<w:tr><w:trPr><w:tblHeader/></w:trPr>${columns.map(({ title }, at) => cell(title, at, 'TableHead')).join('')}</w:tr>`
    : '';
  const body = rows.map((row) => `<w:tr>${row.map((text, at) => cell(text, at)).join('')}</w:tr>`).join('');
  const grid = widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('');
  return `<w:tbl><w:tblPr><w:tblW w:w="${TEXT_WIDTH}" w:type="dxa"/><w:tblBorders>${border}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${head}${body}</w:tbl>`;
}

function stylesOf(language: PrintLanguage): string {
  const [eastAsian, tag] = FONTS[language];
  const style = (id: string, halfPoints: number, extra = ''): string =>
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${id}"/><w:basedOn w:val="Normal"/>` +
    `<w:pPr><w:spacing w:before="160" w:after="80"/>${/^Heading/.test(id) ? `<w:keepNext/><w:outlineLvl w:val="${Number(id.slice(-1)) - 1}"/>` : ''}</w:pPr>` +
    `<w:rPr>${extra}<w:sz w:val="${halfPoints}"/></w:rPr></w:style>`;
  return (
    `<w:styles ${WORD}><w:docDefaults><w:rPrDefault><w:rPr>` +
    `<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="${eastAsian}"/><w:sz w:val="21"/>` +
    `<w:lang w:val="${language === 'en' ? tag : 'en-GB'}" w:eastAsia="${language === 'en' ? 'zh-CN' : tag}"/>` +
    '</w:rPr></w:rPrDefault></w:docDefaults>' +
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>' +
    style('Title', 36, '<w:b/>') +
    style('Subtitle', 24, '<w:color w:val="5B6470"/>') +
    style('Heading1', 28, '<w:b/>') +
    style('Heading2', 24, '<w:b/>') +
    style('Heading3', 21, '<w:b/>') +
    style('TableHead', 20, '<w:b/>') +
    style('Note', 18, '<w:i/><w:color w:val="5B6470"/>') +
    style('Footer', 16, '<w:color w:val="5B6470"/>') +
    '</w:styles>'
  );
}

function coreProperties({ title, language }: PrintDocument): string {
  return (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">' +
    `<dc:title>${escapeXml(title)}</dc:title><dc:language>${FONTS[language][1]}</dc:language></cp:coreProperties>`
  );
}
