import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runningGraph } from '../support/localGraph.js';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const isMissing = !existsSync(CHROMIUM);
if (isMissing && process.env['CI']) throw new Error(`CI needs Chromium at ${CHROMIUM}.`);
if (isMissing) console.warn(`The page was not tried: no Chromium at ${CHROMIUM} (set CHROMIUM).`);

describe.skipIf(isMissing)('the page at /', () => {
  const running = runningGraph();
  let browser: Browser;
  let page: Page;
  const requested: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    });
    page = await browser.newPage();
    page.on('request', (request) => requested.push(new URL(request.url()).origin));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`http://127.0.0.1:${running.graph.port}/`);
    await page.waitForSelector('.graphiql-query-editor .view-line');
  });

  afterAll(async () => {
    await browser.close();
  });

  /** GraphiQL takes over a tab's operation a moment after the click. */
  const openTab = async (name: string) => {
    await page.locator('.graphiql-tab-button', { hasText: name }).click();
    await page.waitForFunction(
      (operation) =>
        localStorage.getItem('margin-graph:graphiql:query')?.includes(` ${operation}`) ?? false,
      name,
    );
    await page.locator('.graphiql-execute-button').click();
  };
  const shows = (text: string) =>
    page.waitForFunction(
      (wanted) => document.querySelector('.result-window')?.textContent.includes(wanted) ?? false,
      text,
    );

  it('has the example operations in tabs', async () => {
    expect(await page.getByRole('tab').count()).toBe(7);
  });

  it('runs a query, with a token that nobody has typed', async () => {
    await openTab('UnifiedAccount');
    await shows('Multi-venue');
  });

  it('runs a subscription', async () => {
    await openTab('WatchMarginCalls');
    await shows('HEALTHY');
    await page.locator('.graphiql-execute-button').click();
  });

  it('asks nobody but its own server, and complains about nothing', () => {
    expect(new Set(requested.filter((origin) => origin !== 'null'))).toEqual(
      new Set([`http://127.0.0.1:${running.graph.port}`]),
    );
    expect(complaints).toEqual([]);
  });
});
