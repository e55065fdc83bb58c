/** What many texts take before they can run; fetched when there are some. */

export { resolveLabels } from './labels.js';
export { MOST_BYTES, readFile, readLines } from './read-texts.js';
