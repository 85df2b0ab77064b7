// Sends requests in turn: load.mjs URL BODIES CONNECTIONS SECONDS, where the bodies are a JSON array of
// texts. Prints what it measured as JSON.
import autocannon from 'autocannon';

const [, , url, bodies, connections, seconds] = process.argv;
const result = await autocannon({
  url,
  requests: JSON.parse(bodies).map((body) => ({ body })),
  method: 'POST',
  headers: { 'content-type': 'application/json', accept: 'application/json' },
  connections: Number(connections),
  duration: Number(seconds),
});
console.log(
  JSON.stringify({
    requests: result.requests.total,
    seconds: result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    failed: result.errors + result.timeouts + result.non2xx,
  }),
);
