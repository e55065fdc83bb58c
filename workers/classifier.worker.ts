/** The worker's entry: exposes the API, nothing else. */

import { expose } from 'comlink';
import { api } from './api.js';

expose(api);
