/** Sends requests over and over, from a process of its own. */

import { execFile, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export interface Load {
  readonly requests: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** No answer, or one that is not 200. */
  readonly failed: number;
}

export interface LoadGenerator {
  readonly name: string;
  /** Sends the bodies in turn. */
  run(url: string, bodies: readonly string[], seconds: number): Promise<Load>;
}

/** Enough that a gateway never waits for the next request. */
const CONNECTIONS = 16;

const run = promisify(execFile);

/** wrk where it is installed, because it takes the least from the gateway's CPU; else autocannon. */
export const loadGenerator = (folder: string): LoadGenerator =>
  spawnSync('wrk', ['--version']).error ? autocannon : wrk(folder);

const AUTOCANNON = fileURLToPath(new URL('peers/load.mjs', import.meta.url));

const autocannon: LoadGenerator = {
  name: 'autocannon',
  run: async (url, bodies, seconds) => {
    const args = [AUTOCANNON, url, JSON.stringify(bodies), String(CONNECTIONS), String(seconds)];
    const { stdout } = await run(process.execPath, args);
    return JSON.parse(stdout) as Load;
  },
};

const wrk = (folder: string): LoadGenerator => ({
  name: 'wrk',
  run: async (url, bodies, seconds) => {
    const script = join(folder, 'request.lua');
    writeFileSync(script, wrkScript(bodies));
    const amount = [`-c${CONNECTIONS}`, `-d${seconds}s`];
    const { stdout } = await run('wrk', ['-t1', ...amount, '--script', script, url]);
    return JSON.parse(stdout.slice(stdout.indexOf('{"requests"'))) as Load;
  },
});

/** wrk speaks of microseconds. A long bracket holds any text that does not close it. */
const wrkScript = (bodies: readonly string[]) => `
wrk.method = "POST"
wrk.headers["content-type"] = "application/json"
wrk.headers["accept"] = "application/json"
local requests = {}
local sent = 0
function init()
  for index, body in ipairs({${bodies.map((body) => `[==[${body}]==]`).join(',')}}) do
    requests[index] = wrk.format(nil, nil, nil, body)
  end
end
function request()
  sent = sent + 1
  return requests[sent % #requests + 1]
end
function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests":%d,"seconds":%f,"p50Ms":%f,"p99Ms":%f,"failed":%d}',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
`;
