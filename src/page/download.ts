/** Hands a file to the visitor. */

/** The browser takes the content while it starts the download, which may be after the click. */
const TAKEN = 10_000;

export function download(name: string, type: string, content: BlobPart): void {
  const href = URL.createObjectURL(new Blob([content], { type }));
  Object.assign(document.createElement('a'), { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), TAKEN);
}
