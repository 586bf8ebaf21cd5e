import { expect, it } from 'vitest';
import { propertiesOf } from './properties.js';

type Row = readonly [
  name: string,
  sequence: string,
  weight: number,
  isoelectricPoint: number,
  gravy: number,
  aromaticity: number,
  instability: number,
  extinction: readonly [number, number],
  fractions: readonly [helix: number, turn: number, sheet: number],
  charge: number,
  decoration: number,
];

// SEE: Bio.SeqUtils.ProtParam of Biopython 1.88 (weight, isoelectric point, GRAVY, aromaticity, instability, extinction at
// 280 nm, fractions, charge at pH 7.4) and localCIDER 0.1.21 (charge decoration). The last two sequences are sv30 and sv1
// of R. K. Das, R. V. Pappu, PNAS 110 (2013) 13392; Sawle and Ghosh 2015, table 1, have -27.84 and -0.41 for them.
const ROWS: readonly Row[] = [
  [
    'ubiquitin',
    'MQIFVKTLTGKTITLEVEPSDTIENVKAKIQDKEGIPPDQQRLIFAGKQLEDGRTLSDYNIQKESTLHLVLRLRGG',
    8564.74,
    6.562,
    -0.4895,
    0.0395,
    36.055,
    [1490, 1490],
    [0.3289, 0.25, 0.3947],
    -0.69,
    -0.465,
  ],
  [
    'lysozyme',
    'KVFGRCELAAAMKRHGLDNYRGYSLGNWVCAAKFESNFNTQATNRNTDGSTDYGILQINSRWWCNDGRTPGSRNLCNIPCSALLSSDITASVNCAKKIVSDGNGMNAWVAWRNRCKGTDVQAWIRGCRL',
    14313,
    9.324,
    -0.4721,
    0.093,
    16.091,
    [37470, 37970],
    [0.2326, 0.3488, 0.3023],
    7.381,
    1.4218,
  ],
  [
    'GCN4-p1',
    'RMKQLEDKVEELLSKNYHLENEVARLKKLVGER',
    3996.59,
    8.344,
    -1.0485,
    0.0303,
    21.167,
    [1490, 1490],
    [0.5758, 0.1515, 0.303],
    0.586,
    -0.5519,
  ],
  [
    'insulin B',
    'FVNQHLCGSHLVEALYLVCGERGFFYTPKT',
    3429.92,
    6.904,
    0.22,
    0.1667,
    9.847,
    [2980, 3105],
    [0.2667, 0.2, 0.4667],
    -0.424,
    -0.1785,
  ],
  [
    'villin HP35',
    'LSDEDFKAVFGMTRSAFANLPLWKQQNLKKEKGLF',
    4058.66,
    9.403,
    -0.4543,
    0.1429,
    40.174,
    [5500, 5500],
    [0.4571, 0.2571, 0.3429],
    1.548,
    -0.6312,
  ],
  [
    'EK in blocks',
    'EEEEEEEEEEEEEEEEEEEEEEEEEKKKKKKKKKKKKKKKKKKKKKKKKK',
    6450.17,
    6.77,
    -3.7,
    0,
    166.28,
    [0, 0],
    [1, 0, 0],
    -0.368,
    -27.8421,
  ],
  [
    'EK in turn',
    'EKEKEKEKEKEKEKEKEKEKEKEKEKEKEKEKEKEKEKEKEKEKEKEKEK',
    6450.17,
    6.77,
    -3.7,
    0,
    9.8,
    [0, 0],
    [1, 0, 0],
    -0.368,
    -0.4131,
  ],
];

it.each(ROWS.map((row) => ({ name: row[0], row })))('$name', ({ row }) => {
  const [, sequence, weight, point, gravy, aromaticity, instability, extinction, fractions, charge, decoration] = row;
  const found = propertiesOf([sequence]);
  expect(found.length).toBe(sequence.length);
  expect(found.weight).toBeCloseTo(weight, 1);
  expect(found.isoelectricPoint).toBeCloseTo(point, 2);
  expect(found.gravy).toBeCloseTo(gravy, 3);
  expect(found.aromaticity).toBeCloseTo(aromaticity, 3);
  expect(found.instability).toBeCloseTo(instability, 2);
  expect(found.extinction).toEqual(extinction);
  for (const [at, share] of [found.helix, found.turn, found.sheet].entries())
    expect(share).toBeCloseTo(fractions[at] as number, 3);
  expect(found.charge).toBeCloseTo(charge, 2);
  expect(found.chargeDecoration).toBeCloseTo(decoration, 3);
});

it('two chains weigh what each weighs, and mean what both mean', () => {
  const [, one] = ROWS[2] as Row;
  const [, other] = ROWS[3] as Row;
  const both = propertiesOf([one, other]);
  expect(both.weight).toBeCloseTo(3996.59 + 3429.92, 1);
  expect(both.charge).toBeCloseTo(0.586 - 0.424, 2);
  expect(both.gravy).toBeCloseTo((-1.0485 * 33 + 0.22 * 30) / 63, 3);
});
