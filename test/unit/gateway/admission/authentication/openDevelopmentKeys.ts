/** A process of its own: opens the development keys of a folder when told to, and prints the key. */

import { once } from 'node:events';
import { DevelopmentKeys } from '../../../../../gateway/admission/authentication/developmentKeys.js';

process.stdout.write('ready\n');
await once(process.stdin, 'data');
const { wasMade, jwks } = await DevelopmentKeys.open(String(process.argv[2]), Date.now);
process.stdout.write(JSON.stringify({ wasMade, jwks }));
process.exit();
