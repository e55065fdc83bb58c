/**
 * Headers of cross-origin isolation. This library does without; in such a page transformers.js has threads, clocks
 * tell microseconds instead of tenths of a millisecond, and Chromium measures a page's memory.
 */
export const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};
