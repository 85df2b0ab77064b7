/** A process that owns an embedded database until it is killed: says its server's id, then waits. */

import { startEmbeddedPostgres } from '../../subgraphs/shared/database/embeddedPostgres.js';

const { pid, url } = await startEmbeddedPostgres(process.argv[2] ?? '', { isDurable: true });
process.send?.({ pid, url });
