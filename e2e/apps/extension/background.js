import { pipeline } from './fastbert-web/index.js';

// A service worker starts no workers: the message says where to classify instead.
pipeline('text-classification', '/public/models/fixture').catch(({ name, message }) => {
  globalThis.refusal = `${name}: ${message}`;
});
