/** What heads read of a hidden state: its mean over all tokens of a text, [CLS] and [SEP] among them, scaled to length 1. */

/**
 * @param hidden [tokens of all texts, stride]
 * @param lengths of the texts, in tokens [B]
 * @param stride numbers from one token's to the next's
 * @param width p, at most the stride
 * @returns of each text [B][p]
 */
export function poolTexts(hidden: Float32Array, lengths: readonly number[], stride: number, width: number): Float64Array[] {
  let at = 0;
  return lengths.map((tokens) => {
    const sum = new Float64Array(width);
    for (let token = 0; token < tokens; token++, at += stride) for (let i = 0; i < width; i++) sum[i]! += hidden[at + i]!;
    let square = 0;
    for (const value of sum) square += value * value;
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0; // the mean's own scale goes with it
    for (let i = 0; i < width; i++) sum[i]! *= scale;
    return sum;
  });
}
