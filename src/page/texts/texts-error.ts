/** Texts that cannot be read; the message is for the visitor, and says what to do. */
export class TextsError extends Error {
  override name = 'TextsError';
}
