/** The package's own types import files without their extension, which no module of Node may. */
declare module 'opencc-js/t2cn' {
  export function Converter(options: { readonly from: 'hk' | 'tw' | 't'; readonly to: 'cn' }): (text: string) => string;
}
