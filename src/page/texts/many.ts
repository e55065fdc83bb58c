/** What many texts take before they can run; fetched when there are some. */

export { resolveLabels } from './labels.js';
export { readFile } from './read-file.js';
export { MOST_BYTES, readLines } from './read-texts.js';
