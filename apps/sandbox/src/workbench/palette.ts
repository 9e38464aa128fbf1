/** Colours keep off pure black and white, so that the invisible mark can raise and lower every one of them. */
export const palette = {
  ground: '#eef1f4',
  panel: '#f8f9fa',
  bar: '#1d3a4a',
  barText: '#f1f5f7',
  text: '#1f2933',
  quiet: '#4f5d69',
  line: '#cdd5dc',
  accent: '#0b6e6e',
  accentText: '#f5fafa',
  chosen: '#d7ebe9',
  warning: '#9a3412',
  series: ['#0b6e6e', '#9a3412', '#3b4ba3', '#7a5c00', '#7b2d6b', '#3f6212'],
} as const;
