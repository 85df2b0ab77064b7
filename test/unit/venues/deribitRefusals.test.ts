import { describe } from 'vitest';
import { refuses, without } from './refuses.js';

describe('Deribit positions', () => {
  refuses('deribit', '48213', 'positions', {
    'positions.result[0].average_price': [
      [without('average_price'), '', 'missing; expected a number'],
      ['68425', 'null', 'null where a number is expected'],
      ['68425', '"sixty"', '"sixty" is not a plain decimal such as "-12.5"'],
      ['68425', '-68425', '-68425 is not above zero'],
      ['68425', '{}', 'an object where a number is expected'],
      [
        '68425',
        '68425.1234567890123456789',
        '68425.1234567890123456789 cannot be carried exactly: at most 20 digits before and 18 after the point',
      ],
    ],
    'positions.result[0].mark_price': [
      [
        '68000.0',
        '1e21',
        '1e21 cannot be carried exactly: at most 20 digits before and 18 after the point',
      ],
    ],
    'positions.result[3].mark_price': [['0.1309', '-0.1309', '-0.1309 is below zero']],
    'positions.result[0].direction': [
      ['"direction": "sell"', '"direction": "buy"', '"buy" contradicts the size -204000.0'],
      [
        '"direction": "sell"',
        '"direction": "hold"',
        '"hold" is not known here; known are buy, sell, zero',
      ],
    ],
    'positions.result[0].size': [
      ['-204000.0', '-204005.0', '-204005.0 is no whole number of contracts of this instrument'],
    ],
    'positions.result[0].kind': [
      [
        '"kind": "future"',
        '"kind": "prediction"',
        '"prediction" is not known here; known are future, option',
      ],
      ['"kind": "future"', '"kind": "option"', 'option contradicts the listing of BTC-PERPETUAL'],
    ],
    'positions.result[0].instrument_name': [
      [
        '"BTC-PERPETUAL"',
        '"BTC-26MAR27"',
        'BTC-26MAR27 is not in the instrument listing, and its name does not say its contract size',
      ],
    ],
    'positions.result[2]': [
      [
        '"ETH-31DEC27-5000-C"',
        '"ETH-31DEC27-4000-C"',
        'ETH-31DEC27-4000-C again, after positions.result[1]',
      ],
    ],
    'positions.result[0].floating_profit_loss': [
      [without('floating_profit_loss'), '', 'missing; expected a number'],
    ],
    positions: [
      ['"result": [', '"result": {"0": [', 'not JSON: "," or "}" is expected at line 99, column 1'],
    ],
    'positions.error': [
      [
        '"result"',
        '"error": {"code": 13009, "message": "unauthorized"}, "was"',
        'the venue answered 13009: unauthorized',
      ],
    ],
  });
});

describe('Deribit account_summaries', () => {
  refuses('deribit', '48213', 'account_summaries', {
    'account_summaries.result.id': [
      ['"id": 48213', '"id": 48214', 'account 48214 where 48213 was asked for'],
    ],
    'account_summaries.result.summaries[0].balance': [
      ['"balance": 0.9', '"balance": "0,9"', '"0,9" is not a plain decimal such as "-12.5"'],
      [without('balance'), '', 'missing; expected a number'],
    ],
    'account_summaries.result.summaries[0].maintenance_margin': [
      [without('maintenance_margin'), '', 'missing; expected a number'],
    ],
    'account_summaries.result.summaries[0].initial_margin': [
      [
        '"maintenance_margin": 0.03045',
        '"maintenance_margin": 0.3',
        '0.06045 is below the maintenance margin of 0.3',
      ],
      ['"initial_margin": 0.06045', '"initial_margin": -1', '-1 is below zero'],
    ],
    'account_summaries.result.summaries[1]': [
      [
        '"currency": "ETH"',
        '"currency": "BTC"',
        'BTC again, after account_summaries.result.summaries[0]',
      ],
    ],
    'positions.result[3]': [
      [
        '"currency": "ETH"',
        '"currency": "SOL"',
        'ETH-31DEC27-2800-P settles in ETH, of which there is no account summary',
      ],
    ],
    'account_summaries.result.summaries[0].currency': [
      ['"currency": "BTC"', '"currency": 5', 'the number 5 where text is expected'],
    ],
    'account_summaries.usOut': [
      [/"usOut": \d+/, '"usOut": 1795183200', '1795183200 is no time in microseconds since 1970'],
    ],
  });
});

describe('Deribit instruments', () => {
  refuses('deribit', '48213', 'instruments', {
    'instruments.result[0].contract_size': [
      ['"contract_size": 10.0', '"contract_size": 0', '0 is not above zero'],
    ],
    'positions.result[0].size': [
      [
        '"contract_size": 10.0',
        '"contract_size": 7',
        '-204000.0 is no exact number of contracts of this instrument',
      ],
    ],
    'instruments.result[0].settlement_currency': [
      [
        '"instrument_type": "reversed"',
        '"instrument_type": "linear"',
        'BTC contradicts a linear future on BTC quoted in USD',
      ],
    ],
    'instruments.result[2].strike': [['"strike": 4000.0', '"strike": 0', '0 is not above zero']],
    'instruments.result[1]': [
      [
        '"ETH-PERPETUAL"',
        '"BTC-PERPETUAL"',
        'lists BTC-PERPETUAL again, after instruments.result[0]',
      ],
    ],
  });
});
