/** What figures say that are fetched when they are opened, in English: of a text's words, of a gate, of many texts as dots. */

export const en = {
  panel: 'Why',
  unsupported: 'This browser cannot tell words apart (it has no Intl.Segmenter): update it to see which of them did it.',
  stops: 'For this all layers have to run. Untick “Really stop at the exit” to see which words did it.',
  waiting: 'Leaving out one word after another …',
  point: 'Point at a text to see which of its words did it.',
  nothing: 'Write a text to see which of its words did it.',

  words: {
    title: 'Which words did it',
    note: (place: string) => `Each word is left out once and the text read again. Shown is what that changes ${place}. Point at a word, and a dashed line shows how the text would settle without it.`,
    sentences: ' Of so long a text whole sentences are left out, and then the words of those that change most.',
    reading: (known: number, of: number) => `Left out so far: ${known} of ${of} …`,
    cost: (texts: number, layers: number, time: string) => `Read ${texts} times, ${layers} layers, in ${time}.`,
    exit: 'Exit',
    here: 'where it leaves',
    show: 'Show',
    answer: 'the answer',
    inside: 'what keeps it inside',
    answerKey: (label: string) => `Solid: speaks for “${label}”. Dotted: against it.`,
    insideKey: 'Solid: keeps the text inside, for without it this exit is surer. Dotted: makes it surer.',
    careful:
      'Words are left out one at a time, which misleads where several say the same: without one of them the others ' +
      'still say it. And a text with a hole in it is not what the model learned from.',
    most: (words: string) => `Most: ${words}.`,
    one: (word: string, change: string) => `“${word}” (${change})`,
    little: 'No single word changes much here.',
    none: 'There is no word in it to leave out.',
    without: (word: string) => `Without “${word}”`,
    changed: (without: string, label: string, from: string, to: string) => `${without}: ${label} ${from} → ${to}`,
    flipped: (label: string) => `, so the answer is ${label}`,
    unsure: (from: string, to: string) => `; uncertainty ${from} → ${to}`,
    inFocus: 'Word in focus',
    keys: 'Words: left and right go through words, up and down through layers, Escape lets go',
    first: 'First text',
    second: 'Second text',
    tableAnswer: "Change of the answer's probability without each word, after each layer",
    tableInside: 'Change of the uncertainty without each word, after each layer',
    head: 'Without',
  },

  passages: {
    title: 'Passage by passage',
    note: (n: number, place: string) =>
      `The text is longer than the model reads at once, so it was read in ${n} passages, each alone. What they say ${place} is added up, and the text leaves as a whole.`,
    head: 'Passage',
    table: (label: string) => `Probability of “${label}” by each passage alone, after each layer`,
    keys: 'Passages: left and right go through them, Escape lets go',
    inFocus: 'Passage in focus',
    alone: (number: number, of: number, tokens: number, label: string, probability: string) =>
      `Passage ${number} of ${of}, ${tokens} tokens, would alone say ${label}: ${probability}.`,
    sum: (answer: string, probability: string) => `Added up: ${answer}, ${probability}.`,
    rest: (n: number) => `What follows the last of them was not read: the model reads ${n} passages of a text at most.`,
  },

  whatIf: {
    title: 'What would let it leave',
    part: (part: string) => `“${part}”`,
    both: (one: string, other: string) => `${one} and ${other}`,
    leaves: 'Here it is under the line already.',
    last: 'Behind the last layer there is no line: it always answers.',
    leave: (parts: string, place: string, from: string, to: string, speed: string) =>
      `Without ${parts} it would leave ${place}: uncertainty ${from} → ${to}, under ${speed}.`,
    noLeave: (place: string) => `No word, nor any two of those that matter most, would bring it under the line ${place}.`,
    flip: (parts: string, before: string, after: string) => `Without ${parts} this exit would say ${after} instead of ${before}.`,
    noFlip: 'No word, nor any two of those that matter most, would change the answer here.',
    searching: 'Trying two words at once …',
    leaveOut: (parts: string) => `Leave out ${parts}`,
    leftOut: (parts: string) => `Left out: ${parts}.`,
    putBack: 'Put it back',
  },

  gate: {
    title: 'Inside the gate',
    note: (place: string) =>
      `How the exit ${place} gets from its scores to one number. A class's score (logit) counts only by how far it lies below the largest.`,
    eachNote: (place: string) =>
      `How the exit ${place} gets from its scores to one number. Each label is right or not on its own, and the least certain one decides.`,
    many: (rows: number) => ` Shown are the ${rows} likeliest; the others are taken together.`,
    eachMany: (rows: number) => ` Shown are the ${rows} least certain.`,
    score: 'score',
    probability: 'probability',
    part: 'of the uncertainty',
    own: 'uncertainty',
    others: (n: number) => `${n} others`,
    /** Under the columns. */
    formulas: ['z', 'p = eᶻ / Σ eᶻ', '−p · ln p / ln k'],
    eachFormulas: ['z', 'p = 1 / (1 + e⁻ᶻ)', 'entropy of p and 1 − p'],
    sum: (parts: string, k: number, sum: string) => `U = (${parts}) / ln ${k} = ${sum}`,
    capped: ', which counts as 1',
    greatest: (label: string, uncertainty: string) => `U is the greatest of them: ${uncertainty}, of “${label}”`,
    under: (uncertainty: string, speed: string) => `${uncertainty} < ${speed}: it leaves.`,
    over: (uncertainty: string, speed: string) => `${uncertainty} ≥ ${speed}: it goes on.`,
    last: 'Behind the last layer there is no gate: whatever it is, it answers.',
    uneven: 'The model can read nothing of this text: all classes alike, and wholly uncertain.',
    uncertainty: 'U',
    summary: (place: string, sum: string) => `The gate ${place}. ${sum}`,
    table: 'From score to uncertainty, by class',
    head: ['Class', 'score', 'probability', 'part of the uncertainty'],
  },

  places: {
    title: 'What the model makes of them',
    note: (speed: string) =>
      `A dot a text: the mean of its hidden states where it left, at speed ${speed}, less what all have in common that left ` +
      'there. What lies close the model takes for alike.',
    shares: (first: string, second: string, all: string) =>
      ` Of what sets the texts apart, the two directions shown hold ${first} and ${second}: ${all} in all, so neighbours here may be far apart in the rest.`,
    alike: ' All lie on one spot: they are too few for a map, or alike to the model.',
    rings: (n: number, known: number) => ` Ringed: fast and full disagree, ${n} of ${known} of which both are known.`,
    unknown: ' To know it of the others, have them read to the last layer (“fast and full disagree”, below).',
    waiting: 'Reading the texts once more, for where they lie …',
    none: 'No text has been read yet.',
    others: (answers: number) => `${answers} other answers`,
    texts: (n: string) => `: ${n}`,
    keys: 'Dots: arrow keys go to the next text that way, Escape lets go',
    summary: (texts: string, groups: string) => `${texts} as dots: ${groups}.`,
    group: (n: number, answer: string) => `${n} ${answer}`,
    table: 'Where the texts lie',
    head: ['Text', 'answer', 'left at', 'to the right', 'up'],
  },
};

export type LaterWords = typeof en;
