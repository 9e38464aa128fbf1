export { accessTable, admits, type AccessRow, type Who, type Whose } from './access/access-table.js';
export { gatewayService } from './gateway.definition.js';
