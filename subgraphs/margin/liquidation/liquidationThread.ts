/** Runs in a thread of its own: works out liquidation prices, one request after the other. */

import assert from 'node:assert/strict';
import { parentPort } from 'node:worker_threads';
import type { Inputs } from '../domain/portfolio/evaluate.js';
import { liquidationPrices } from '../domain/portfolio/liquidationPrices.js';
import { MarginParameters } from '../parameters/marginParameters.js';
import type { LiquidationRequest, LiquidationResponse } from './liquidationMessages.js';
import { portable, restored } from './portableInputs.js';

const parameters = MarginParameters.load();
assert(parentPort, 'this module is the start of a thread');
const port = parentPort;

port.on('message', (request: LiquidationRequest) => {
  port.postMessage(response(request));
});

function response({ id, model, hash, inputs }: LiquidationRequest): LiquidationResponse {
  try {
    const set = parameters.byHash(model, hash);
    assert(set, `no parameter set of ${model} has the hash ${hash}`);
    const prices = liquidationPrices(
      (book, market) => set.surplus(book, market),
      restored(inputs) as Inputs,
    );
    return { id, prices: portable(prices) };
  } catch (error) {
    return { id, failure: (error as Error).message };
  }
}
