export const nav = {
  home: 'Home',
  catalog: 'Catalog',
  developers: 'Developers',
  exchange: 'Exchange',
  settings: 'Settings',
};
