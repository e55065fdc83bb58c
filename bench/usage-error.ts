/** Something the user of a command can put right: shown as one message, without a stack. */
export class UsageError extends Error {
  override name = 'UsageError';
}
