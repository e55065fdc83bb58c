import { pipeline } from 'fastbert-web';

/** Writes the topic of each line of a file as it is read; the file may be larger than the memory. */
export async function follow(file: Blob, write: (topic: string) => void): Promise<void> {
  const classify = await pipeline('text-classification', '/models/ag_news');
  for await (const { label } of classify.stream(linesOf(file), { speedup: 3 })) write(label);
  await classify.dispose();
}

async function* linesOf(file: Blob): AsyncGenerator<string> {
  let rest = '';
  const decoder = new TextDecoderStream();
  for (const reader = file.stream().pipeThrough(decoder).getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    const lines = (rest + value).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest) yield rest;
}
