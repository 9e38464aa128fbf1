import type { Words } from '../../i18n/words.js';
import type { listingFile as english } from '../en/listing-file.js';

export const listingFile: Words<typeof english> = {
  at: '第 {{line}} 行第 {{column}} 列',
  said: {
    tooDeep: '嵌套超过 {{most}} 层，挂牌文件只需十层。',
    notMapping: '挂牌文件应为映射：名称及其值。',
    aliases: '不得使用别名，请在原处写出内容。',
    goesTogether: 'product 与 revision 须同时填写或同时省略。',
    unknownKeys: '这里没有以下各项：{{keys}}，请删除。',
    idOf: '须为以 {{prefix}} 开头的编号。',
    languageTag: '须为 BCP 47 语言标签，如 zh-Hant。',
    sha256: '须为小写十六进制的 SHA-256。',
    nodeId: '只能使用小写字母、数字、“_”和“-”。',
    areaCode: '须为 ISO 3166-1 或 3166-2 代码，如 CN-GD。',
    endsBefore: '截止不得早于起始。',
    cells: '每行须与列数一致，共 {{cells}} 格。',
    percentage: '须为 0 至 100 的百分数。',
    industryCode: '须为 GB/T 4754-2017 代码，如 Q84。',
    controls: '不得含有控制字符。',
    html: '文本中含有 HTML（文本第 {{line}} 行第 {{column}} 列）：请使用 Markdown，或置于反引号之间。',
    address: '文本中的链接“{{address}}”（文本第 {{line}} 行第 {{column}} 列）须为 https、http 或 mailto 地址。',
    sameKeyTwice: '此处名称重复。',
    nestedMapping: '同一行内不能再嵌套映射：含冒号的文本请加引号。',
    tab: '不得用制表符缩进，请使用空格。',
    sameColumn: '同一层的内容须从同一列开始。',
    quoteOpen: '引号没有闭合。',
    bracketOpen: '括号没有闭合，或其中内容缩进不足。',
    keyInOneLine: '名称须写在一行内。',
    valueMissing: '名称之后须有冒号和值。',
    plainStart: '以该字符开头的文本须加引号。',
  },
};
