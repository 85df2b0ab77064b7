import { describe } from 'vitest';
import { refuses } from './refuses.js';

describe('Bybit positions_inverse', () => {
  refuses('bybit', '2288113', 'positions_inverse', {
    'positions_inverse.retCode': [
      ['"retCode": 0', '"retCode": 10002', 'the venue answered 10002: OK'],
    ],
    'positions_inverse.result.list[0].size': [
      ['"size": "20000"', '"size": "-20000"', '-20000 is below zero'],
    ],
    'positions_inverse.result.list[0].side': [
      ['"side": "Sell"', '"side": "None"', '"None" is not known here; known are Buy, Sell'],
    ],
    'positions_inverse.result.list[0].positionIdx': [
      ['"positionIdx": 0', '"positionIdx": 1', 'positionIdx 1 contradicts side "Sell"'],
    ],
    'positions_inverse.result.category': [
      ['"category": "inverse"', '"category": "linear"', '"linear" where "inverse" was asked for'],
    ],
    'positions_inverse.result.list[0].symbol': [
      [
        '"symbol": "BTCUSD"',
        '"symbol": "BTCUSDM27"',
        'BTCUSDM27 is not in the instrument listing, and its name does not say what it is',
      ],
    ],
    'positions_inverse.result.list[0].entryPrice': [
      [
        '"avgPrice": "68640"',
        '"avgPrice": "68640", "entryPrice": "68000"',
        '68000 contradicts avgPrice 68640',
      ],
    ],
    'positions_inverse.result.list[0].markPrice': [
      ['"markPrice": "68000.00"', '"markPrice": ""', 'empty text where a number is expected'],
    ],
    'positions_inverse.time': [
      [/"time": \d+/, '"time": "yesterday"', '"yesterday" is not a plain decimal such as "-12.5"'],
    ],
  });
});

describe('Bybit instruments_inverse', () => {
  refuses('bybit', '2288113', 'instruments_inverse', {
    'instruments_inverse.result.list[0].settleCoin': [
      ['"settleCoin": "BTC"', '"settleCoin": "USD"', 'USD contradicts InversePerpetual'],
    ],
    'instruments_inverse.result.list[0].contractType': [
      [
        '"InversePerpetual"',
        '"InversePrediction"',
        '"InversePrediction" is not known here; known are InversePerpetual, InverseFutures',
      ],
    ],
  });
});

describe('Bybit wallet_balance', () => {
  refuses('bybit', '2288113', 'wallet_balance', {
    'wallet_balance.result.list[0].coin[0].walletBalance': [
      ['"walletBalance": "9600"', '"walletBalance": ""', 'empty text where a number is expected'],
    ],
    'wallet_balance.result.list[0].coin[1]': [
      ['"coin": "USDT"', '"coin": "BTC"', 'BTC again, after wallet_balance.result.list[0].coin[0]'],
    ],
    'wallet_balance.result.list[0].accountMMRate': [
      ['"accountMMRate": "0.0153"', '"accountMMRate": ""', 'empty text where a number is expected'],
    ],
    'wallet_balance.result.list[0].totalMaintenanceMargin': [
      [
        '"totalMaintenanceMargin": "317.21672"',
        '"totalMaintenanceMargin": "-317"',
        '-317 is below zero',
      ],
    ],
    'wallet_balance.result.list[0].coin[0].spotBorrow': [
      ['"spotBorrow": "0"', '"spotBorrow": "-5"', '-5 is below zero'],
    ],
    'wallet_balance.result.list[0].coin[0].marginCollateral': [
      [
        '"marginCollateral": true',
        '"marginCollateral": 1',
        'the number 1 where true or false is expected',
      ],
    ],
  });
});
