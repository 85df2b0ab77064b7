import { describe } from 'vitest';
import { refuses, without } from './refuses.js';

describe('OKX positions', () => {
  refuses('okx', '7012994', 'positions', {
    'positions.code': [
      ['"code": "0"', '"code": "50011"', 'the venue answered 50011: without a message'],
    ],
    'positions.data[0].pos': [
      ['"pos": "300"', '"pos": ""', 'empty text where a number is expected'],
      ['"pos": "300"', '"pos": "3e2"', '"3e2" is not a plain decimal such as "-12.5"'],
      [
        /"pos": "300"([^]*)"posSide": "net"/,
        '"pos": "-300"$1"posSide": "long"',
        '-300 contradicts posSide "long", which takes no sign',
      ],
    ],
    'positions.data[0].posSide': [
      [
        '"posSide": "net"',
        '"posSide": "both"',
        '"both" is not known here; known are long, short, net',
      ],
    ],
    'positions.data[0].avgPx': [['"avgPx": "67420"', '"avgPx": "0"', '0 is not above zero']],
    'positions.data[0].posId': [[without('posId'), '', 'missing; expected text']],
    'positions.data[0].instType': [
      ['"SWAP"', '"EVENTS"', 'EVENTS contradicts the listing of BTC-USDT-SWAP'],
      ['"SWAP"', '"MARGIN"', 'BTC-USDT-SWAP is a spot margin position, which has no contract'],
    ],
    'positions.data[0].instId': [
      [
        '"BTC-USDT-SWAP"',
        '"BTC-USDT-270326"',
        'BTC-USDT-270326 is not in the instrument listing, and its name does not say its contract value',
      ],
    ],
  });
});

describe('OKX instruments_swap', () => {
  refuses('okx', '7012994', 'instruments_swap', {
    'instruments_swap.data[0].ctVal': [
      ['"ctVal": "0.01"', '"ctVal": ""', 'empty text where a number is expected'],
    ],
    'instruments_swap.data[0].ctValCcy': [
      ['"ctValCcy": "BTC"', '"ctValCcy": "USD"', 'USD where a contract of this type has BTC'],
    ],
    'instruments_swap.data[0].ctType': [
      [
        '"ctType": "linear"',
        '"ctType": "quanto"',
        '"quanto" is not known here; known are linear, inverse',
      ],
    ],
    'instruments_swap.data[0].uly': [
      ['"uly": "BTC-USDT"', '"uly": "BTC"', 'not a pair such as "BTC-USD"'],
    ],
  });
});

describe('OKX balance', () => {
  refuses('okx', '7012994', 'balance', {
    'balance.data[0].details[0].cashBal': [
      [
        '"cashBal": "0.22"',
        '"cashBal": "0.22 BTC"',
        '"0.22 BTC" is not a plain decimal such as "-12.5"',
      ],
    ],
    'balance.data[0].details[2]': [
      ['"ccy": "ETH"', '"ccy": "BTC"', 'BTC again, after balance.data[0].details[0]'],
    ],
    'balance.data[0].details[0].collateralEnabled': [
      [
        '"collateralEnabled": true',
        '"collateralEnabled": "true"',
        '"true" where true or false is expected',
      ],
    ],
    'balance.data[0].adjEq': [
      [without('adjEq'), '', 'missing; expected a number'],
      ['"adjEq": "57387.3"', '"adjEq": ""', 'empty text where a number is expected'],
    ],
    'balance.data[0].imr': [
      ['"imr": "20400"', '"imr": "800"', '800 is below the maintenance margin of 816'],
    ],
    'balance.data': [
      ['"data": [', '"data": [], "more": [', 'there must be one account in the balance'],
    ],
  });
});
