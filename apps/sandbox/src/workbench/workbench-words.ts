/** The languages of the exchange. */
export const workbenchLanguages = ['en', 'zh-Hans', 'zh-Hant'] as const;
export type WorkbenchLanguage = (typeof workbenchLanguages)[number];

const en = {
  datasets: 'Datasets',
  query: 'SQL',
  analysis: 'Analysis',
  run: 'Run  (Ctrl+Enter)',
  results: 'Results',
  table: 'Table',
  chart: 'Chart',
  jobs: 'Jobs',
  none: 'Nothing yet',
  running: 'Sent; its result appears here.',
  rows: 'rows',
  cancel: 'Cancel',
  failed: 'That did not work just now; try again.',
};
export type WorkbenchWords = typeof en;

/** Hong Kong wording in the last. */
export const workbenchWords: Readonly<Record<WorkbenchLanguage, WorkbenchWords>> = {
  en,
  'zh-Hans': {
    datasets: '数据集',
    query: 'SQL',
    analysis: '分析',
    run: '运行  (Ctrl+Enter)',
    results: '结果',
    table: '表格',
    chart: '图表',
    jobs: '作业',
    none: '暂无内容',
    running: '已提交；结果将显示在此处。',
    rows: '行',
    cancel: '取消',
    failed: '操作暂时未成功，请重试。',
  },
  'zh-Hant': {
    datasets: '數據集',
    query: 'SQL',
    analysis: '分析',
    run: '執行  (Ctrl+Enter)',
    results: '結果',
    table: '表格',
    chart: '圖表',
    jobs: '工作',
    none: '暫無內容',
    running: '已提交；結果將顯示在此處。',
    rows: '行',
    cancel: '取消',
    failed: '操作暫時未成功，請再試。',
  },
};
