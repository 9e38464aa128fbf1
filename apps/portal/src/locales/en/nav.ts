export const nav = {
  home: 'Home',
  catalog: 'Catalog',
  developers: 'Developers',
  exchange: 'Exchange',
  settings: 'Settings',
  requests: 'Requests',
  contracts: 'Licences',
  access: 'My access',
  usage: 'Usage',
  invoices: 'Invoices',
  demand: 'Demand board',
};
