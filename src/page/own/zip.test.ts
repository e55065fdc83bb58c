import { expect, test } from 'vitest';
import { unzip, zip } from './zip.js';

const bytes = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer;
const text = (data: ArrayBuffer): string => new TextDecoder().decode(data);
const read = async (data: ArrayBuffer): Promise<[string, string][]> => (await unzip(data)).map(({ path, data: content }) => [path, text(content)]);

const files = [
  { path: 'index.html', data: bytes('<p>标签</p>') },
  { path: 'models/标签 1/empty.bin', data: bytes('') },
  { path: 'models/shards/a.bin', data: bytes('a'.repeat(1000)) },
];

test('what is zipped comes out again, whatever it is called', async () => {
  const packed = await zip(files).arrayBuffer();
  expect(await read(packed)).toEqual(files.map(({ path, data }) => [path, text(data)]));
});

test('the checksum is the one of the format', async () => {
  // CRC-32 of "123456789", the check value of the algorithm.
  const packed = new DataView(await zip([{ path: 'a', data: bytes('123456789') }]).arrayBuffer());
  expect(packed.getUint32(14, true)).toBe(0xcbf43926);
});

/** The same .zip with its one file deflated, as other programs write it. */
async function deflated(content: string): Promise<ArrayBuffer> {
  const plain = new Uint8Array(await zip([{ path: 'a', data: bytes(content) }]).arrayBuffer());
  const packed = new Uint8Array(await new Response(new Blob([bytes(content)]).stream().pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer());
  const [size, from] = [bytes(content).byteLength, 31];
  const all = new Uint8Array(plain.length - size + packed.length);
  all.set(plain.subarray(0, from));
  all.set(packed, from);
  all.set(plain.subarray(from + size), from + packed.length);
  const view = new DataView(all.buffer);
  const directory = from + packed.length;
  view.setUint16(8, 8, true);
  view.setUint16(directory + 10, 8, true);
  view.setUint32(directory + 20, packed.length, true);
  view.setUint32(all.length - 6, directory, true);
  return all.buffer;
}

test('what others have deflated is read', async () => {
  expect(await read(await deflated('abc'.repeat(500)))).toEqual([['a', 'abc'.repeat(500)]]);
});

test.each([
  ['no .zip', bytes('label\ttext\n'), /no end/],
  ['nothing', bytes(''), /no end/],
])('%s is told', async (_, data, why) => {
  await expect(unzip(data)).rejects.toMatchObject({ name: 'ZipError', message: expect.stringMatching(why) });
});

test('what is cut off or altered is told, and by which file', async () => {
  const packed = await zip(files).arrayBuffer();
  await expect(unzip(packed.slice(0, -30))).rejects.toMatchObject({ name: 'ZipError' });
  const altered = packed.slice(0);
  new Uint8Array(altered)[new TextDecoder('latin1').decode(altered).indexOf('aaaa') + 5] = 98;
  await expect(unzip(altered)).rejects.toMatchObject({ message: 'models/shards/a.bin is damaged' });
  const wrong = await deflated('abc'.repeat(500));
  new Uint8Array(wrong)[33] = 255;
  await expect(unzip(wrong)).rejects.toMatchObject({ message: 'a is damaged' });
});
