/**
 * Files in a .zip and out of one (PKWARE's APPNOTE 6.3, without encryption, spanning or ZIP64). What is written is not
 * compressed: weights of 8 bits would hardly get smaller.
 */

export interface ZipFile {
  /** With slashes, as `models/my-labels/manifest.json`. */
  path: string;
  data: ArrayBuffer;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const UTF8 = 1 << 11;
/** 1980-01-01, the first that the format can say: what is in a file says nothing of when it was made. */
const DATE = 0x21;

/** A file that is no .zip, or one that cannot be read here. */
export class ZipError extends Error {
  override name = 'ZipError';
}

export function zip(files: readonly ZipFile[]): Blob {
  const parts: BlobPart[] = [];
  const directory: BlobPart[] = [];
  let offset = 0;
  let directoryBytes = 0;
  for (const { path, data } of files) {
    const name = new TextEncoder().encode(path);
    const size = data.byteLength;
    // Flags, method, time, date, sum, packed, unpacked, the name's length, nothing extra.
    const common = [UTF8, 2, 0, 2, 0, 2, DATE, 2, crc32(new Uint8Array(data)), 4, size, 4, size, 4, name.length, 2, 0, 2];
    const local = fields(LOCAL, 4, 20, 2, ...common);
    const central = fields(CENTRAL, 4, 20, 2, 20, 2, ...common, 0, 2, 0, 2, 0, 2, 0, 4, offset, 4);
    parts.push(local, name, data);
    directory.push(central, name);
    offset += local.byteLength + name.length + size;
    directoryBytes += central.byteLength + name.length;
  }
  const n = files.length;
  return new Blob([...parts, ...directory, fields(END, 4, 0, 2, 0, 2, n, 2, n, 2, directoryBytes, 4, offset, 4, 0, 2)], { type: 'application/zip' });
}

/**
 * All files in it; folders are none.
 *
 * @throws ZipError
 */
export async function unzip(data: ArrayBuffer): Promise<ZipFile[]> {
  const view = new DataView(data);
  let end = data.byteLength - 22;
  while (end >= 0 && view.getUint32(end, true) !== END) end--;
  if (end < 0) throw new ZipError('no end of a directory');
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const files: ZipFile[] = [];
  try {
    for (let i = 0; i < count; i++) {
      if (view.getUint32(at, true) !== CENTRAL) throw new ZipError('no entry in the directory');
      const flags = view.getUint16(at + 8, true);
      const method = view.getUint16(at + 10, true);
      const [sum, packed, size] = [16, 20, 24].map((field) => view.getUint32(at + field, true)) as [number, number, number];
      const [nameLength, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true)) as [number, number, number];
      const local = view.getUint32(at + 42, true);
      const path = new TextDecoder().decode(new Uint8Array(data, at + 46, nameLength));
      at += 46 + nameLength + extra + comment;
      if (path.endsWith('/')) continue;
      if (flags & 1) throw new ZipError(`${path} is encrypted`);
      const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      const content = await unpacked(path, method, data.slice(start, start + packed), size);
      if (content.byteLength !== size || crc32(new Uint8Array(content)) !== sum) throw new ZipError(`${path} is damaged`);
      files.push({ path, data: content });
    }
  } catch (error) {
    throw error instanceof ZipError ? error : new ZipError('it is cut off');
  }
  return files;
}

/** @param most bytes that it may come to: what says otherwise of itself is no use */
async function unpacked(path: string, method: number, data: ArrayBuffer, most: number): Promise<ArrayBuffer> {
  if (method === 0) return data;
  if (method !== 8) throw new ZipError(`${path} is packed in a way that is not read here`);
  const reader = new Blob([data]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const chunks: BlobPart[] = [];
  let bytes = 0;
  try {
    for (let next; !(next = await reader.read()).done; ) {
      bytes += next.value.byteLength;
      if (bytes > most) throw new ZipError('too long');
      chunks.push(next.value);
    }
  } catch {
    throw new ZipError(`${path} is damaged`);
  }
  return new Blob(chunks).arrayBuffer();
}

/** Little-endian numbers: each with the bytes that it takes. */
function fields(...pairs: number[]): ArrayBuffer {
  const bytes = pairs.filter((_, i) => i % 2 === 1).reduce((sum, width) => sum + width, 0);
  const view = new DataView(new ArrayBuffer(bytes));
  let at = 0;
  for (let i = 0; i < pairs.length; i += 2) {
    if (pairs[i + 1] === 2) view.setUint16(at, pairs[i]!, true);
    else view.setUint32(at, pairs[i]!, true);
    at += pairs[i + 1]!;
  }
  return view.buffer;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum;
});

function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = TABLE[(sum ^ byte) & 0xff]! ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}
