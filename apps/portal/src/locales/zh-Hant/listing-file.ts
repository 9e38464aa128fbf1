import type { Words } from '../../i18n/words.js';
import type { listingFile as english } from '../en/listing-file.js';

export const listingFile: Words<typeof english> = {
  at: '第 {{line}} 行第 {{column}} 列',
  said: {
    tooDeep: '巢狀超過 {{most}} 層，掛牌檔案只需十層。',
    notMapping: '掛牌檔案應為映射：名稱及其值。',
    aliases: '不得使用別名，請在原處寫出內容。',
    goesTogether: 'product 與 revision 須同時填寫或同時省略。',
    unknownKeys: '這裏沒有以下各項：{{keys}}，請刪除。',
    idOf: '須為以 {{prefix}} 開頭的編號。',
    languageTag: '須為 BCP 47 語言標籤，如 zh-Hant。',
    sha256: '須為小寫十六進制的 SHA-256。',
    nodeId: '只能使用小寫字母、數字、「_」和「-」。',
    areaCode: '須為 ISO 3166-1 或 3166-2 代碼，如 CN-GD。',
    endsBefore: '截止不得早於起始。',
    cells: '每行須與列數一致，共 {{cells}} 格。',
    percentage: '須為 0 至 100 的百分數。',
    industryCode: '須為 GB/T 4754-2017 代碼，如 Q84。',
    controls: '不得含有控制字元。',
    html: '文本中含有 HTML（文本第 {{line}} 行第 {{column}} 列）：請使用 Markdown，或置於反引號之間。',
    address: '文本中的連結「{{address}}」（文本第 {{line}} 行第 {{column}} 列）須為 https、http 或 mailto 地址。',
    sameKeyTwice: '此處名稱重複。',
    nestedMapping: '同一行內不能再巢狀映射：含冒號的文本請加引號。',
    tab: '不得用定位字元縮排，請使用空格。',
    sameColumn: '同一層的內容須從同一列開始。',
    quoteOpen: '引號沒有閉合。',
    bracketOpen: '括號沒有閉合，或其中內容縮排不足。',
    keyInOneLine: '名稱須寫在一行內。',
    valueMissing: '名稱之後須有冒號和值。',
    plainStart: '以該字元開頭的文本須加引號。',
  },
};
