/** A model package whose files do not say what they must. */
export class PackageError extends Error {
  override name = 'PackageError';
}
