import { expect, it } from '@jest/globals';
import { declarationStatuses, stationOf, stations } from './declaration.rules.js';

it('every status stands at a station, and each station stands at itself', () => {
  for (const status of declarationStatuses) expect(stations[stationOf(status).at]).toBeDefined();
  stations.forEach((station, index) => expect(stationOf(station)).toEqual({ at: index, stopped: false }));
  expect(stationOf('decided_refused')).toEqual({ at: 4, stopped: true });
});
