/** The book of one case of derive-pmrm2, in our terms. */

import type {
  ExpiryCurve,
  RiskBook,
  RiskLine,
  UnderlyingRisk,
} from '../../../subgraphs/margin/domain/risk/riskBook.js';
import { settledForward } from '../../../subgraphs/margin/domain/scenario/settledForward.js';
import type { PortfolioCase } from './portfolioCase.js';

export const UNDERLYING = 'UNDERLYING';

const AVERAGING_SECONDS = 30 * 60;

type Scenario = PortfolioCase['Scenario'];

export function caseBook(scenario: Scenario): RiskBook {
  const lines: RiskLine[] = [];
  const line = (id: string, kind: RiskLine['kind']) =>
    lines.push({ venueAccountId: 'derive:case', id, kind }) - 1;
  return {
    lines,
    underlyings: [underlyingRisk(scenario, line)],
    stable: { price: scenario.StablePrice, confidence: scenario.StableConfidence },
  };
}

function underlyingRisk(
  scenario: Scenario,
  line: (id: string, kind: RiskLine['kind']) => number,
): UnderlyingRisk {
  const feeds = feedsByTime(scenario);
  return {
    underlying: UNDERLYING,
    spot: { price: scenario.SpotPrice, confidence: scenario.SpotConfidence },
    priceAgeSeconds: 0,
    perpetualConfidence: scenario.NumPerps === 0 ? 1 : scenario.PerpConfidence,
    returns: [],
    futures:
      scenario.NumPerps === 0
        ? []
        : [
            {
              line: line('perpetual', 'POSITION'),
              contract: 'LINEAR',
              quantity: scenario.NumPerps,
              mark: scenario.PerpPrice,
              pointValue: 1,
              pays: null,
              expiry: null,
            },
          ],
    options: scenario.Options.map((option, i) => {
      const expiry = feeds.findIndex(({ FeedExpiry }) => FeedExpiry === option.Expiry);
      const feed = feeds[expiry];
      if (feed === undefined) throw new Error(`Options[${i}].Expiry has no feed`);
      return {
        line: line(`option ${i}`, 'POSITION'),
        expiry,
        strike: option.Strike,
        isCall: option.IsCall,
        quantity: option.Amount,
        volatility: option.MarkVol,
        confidence: feed.OptionVolConfidences,
      };
    }),
    expiries: feeds.map(expiryCurve),
    collateral: scenario.Collaterals.map((held) => ({
      line: line(held.Name, 'COLLATERAL'),
      asset: held.Name,
      quantity: held.Amount,
      price: { price: held.Price, confidence: held.Confidence },
      isRiskCancelling: held.IsRiskCancelling,
      maintenanceHaircut: held.MMHaircut,
      initialHaircut: held.IMHaircut,
    })),
  };
}

/** The order of a book's expiries; the file's own order is any. */
export const feedsByTime = ({ OptionFeeds }: Scenario) =>
  OptionFeeds.toSorted((a, b) => a.FeedExpiry - b.FeedExpiry);

const expiryCurve = (feed: Scenario['OptionFeeds'][number]): ExpiryCurve => ({
  seconds: Math.max(feed.FeedExpiry, 0),
  forward: { price: feed.Forward, confidence: feed.ForwardConfidence },
  forwardFixed: settledForward(feed.Forward, feed.FeedExpiry, AVERAGING_SECONDS),
  rate: { price: feed.Rate, confidence: feed.RateConfidence },
});
