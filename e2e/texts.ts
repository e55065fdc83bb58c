/** Our own texts: sure ones and unsure ones, from one word to beyond what the models read. */

export const SENTENCES = [
  'A gripping, funny film.',
  'Dull.',
  'The plot is thin, the jokes are old, and somehow I left the cinema smiling.',
  'Two hours of my life, gone, and the popcorn was cold as well.',
  'Not the disaster that everyone had promised, but hardly a reason to leave the house either.',
  'Oh great, yet another sequel nobody asked for.',
  'It is not good.',
  'It is not bad at all.',
  'The actors do what they can with lines that no one has ever said.',
  'I would watch it again tomorrow.',
  'Beautiful to look at, empty to think about.',
  'An honest, warm and quietly brilliant portrait of two sisters who have stopped talking.',
];

/** n texts of mixed lengths: sentences and runs of up to four of them. */
export function mixedTexts(n: number): string[] {
  return Array.from({ length: n }, (_, i) =>
    Array.from({ length: 1 + (i % 4) }, (_, k) => SENTENCES[(i * 5 + k * 7) % SENTENCES.length]).join(' '),
  );
}
