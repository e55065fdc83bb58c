/**
 * Every word that the page shows, in English. Another language is a file like this one, and a line in index.ts.
 * The models' own words (labels, our example sentences, which are English as the models are) stay as they are,
 * and so do the messages of the library, which say what exactly went wrong.
 */

import type { Step } from './step.js';

const number: (n: number) => string = new Intl.NumberFormat('en').format;
/** The story's words; those in pairs can be pressed, and do what their second part names. */
const tour: readonly Step[] = [
  {
    title: 'Six layers, for every sentence?',
    body: [
      'A model like this one has six layers. Each reads the sentence again and understands a little more of it. ' +
        'Usually all six run, whatever the sentence is. But ',
      ['an easy one', 'easy'],
      ' is understood at once, and ',
      ['one with a twist', 'negated'],
      ' is not. Why should both cost the same?',
    ],
  },
  {
    title: 'An exit after every layer',
    body: [
      'So after each layer stands an exit: a small classifier that is asked what it thinks, and how sure it is of it. ' +
        'The dots on the line are its answers. ',
      ['The first exit', 'firstExit'],
      ' has seen nothing but words and pairs of neighbours; ',
      ['the last', 'lastExit'],
      ' has seen all that the model can see.',
    ],
  },
  {
    title: 'How unsure is it?',
    body: [
      'Uncertainty is 1 where an exit finds every answer equally likely, and 0 where it would bet everything on one: ' +
        'the entropy of its probabilities, divided by the largest that it could be. ',
      ['Negation', 'negated'],
      ' keeps it high for many layers; ',
      ['plain praise', 'easy'],
      ' has it low from the start.',
    ],
  },
  {
    title: 'The line is the speed',
    body: [
      'A text leaves at the first exit that lies below the line. ',
      ['Raise it', 'highSpeed'],
      ' and texts leave earlier, ',
      ['lower it', 'lowSpeed'],
      ' and they stay longer; ',
      ['at 0', 'noSpeed'],
      ' none leaves early. Drag it yourself: what is on the screen follows at once, and runs again when you let go. ' +
        'One model, and ',
      ['every speed between', 'curve'],
      '.',
    ],
  },
  {
    title: 'Why it works',
    body: [
      'Where an exit is surer it is right more often: that is all it takes, and it can be checked. ',
      ['At the first layer', 'honest'],
      ' the surest answers are nearly all right, and of the least sure a third are wrong; ',
      ['at the last', 'honestLast'],
      ' it is the same. So what leaves early is mostly what was right already.',
    ],
  },
  {
    title: 'Where it fails',
    body: [
      'To be sure is not to be right. ',
      ['Sarcasm', 'sarcastic'],
      ' puzzles it to the last layer, and the answer is wrong all the same; ',
      ['a sentence that praises nothing', 'offTopic'],
      ' is given an answer too. Read ',
      ['sixty sentences of ours', 'sixty'],
      ', and look for those where ',
      ['leaving early changes the answer', 'disagree'],
      '.',
    ],
  },
];

const several = (n: number, noun: string): string => `${number(n)} ${noun}${n === 1 ? '' : 's'}`;

export const en = {
  name: 'English',
  title: 'fastbert-web: text classification that stops thinking when it is sure',
  claim: 'Text classification that stops thinking when it is sure.',
  language: 'Language',
  about:
    'The model reads a text one layer at a time, here on your device: what you write is sent nowhere. After each ' +
    'layer a small classifier says how unsure it is, as the entropy of its answer from 0 to 1. Once that is below ' +
    'the speed that you set, the text leaves and the layers above are never run.',

  number,
  texts: (n: number) => several(n, 'text'),
  layers: (n: number) => several(n, 'layer'),
  range: (low: string, high: string) => `${low} to ${high}`,

  task: 'Task',
  tasks: {
    sst2: {
      name: 'Sentiment',
      question: 'whether a sentence praises or not',
      placeholder: 'Write what you think of a film, a meal, a phone …',
      limits:
        'This model learned from film reviews whether a sentence praises or not. It knows no facts, and where it is ' +
        'sure it may still be wrong.',
    },
    ag_news: {
      name: 'News topics',
      question: 'which of four pages of a newspaper a story belongs on',
      placeholder: 'Write or paste a headline and its first sentence …',
      limits:
        'This model learned from English news of 2004 which of four pages a story belongs on: world, sports, business, ' +
        'or science and technology. Later names it has never met, and every text gets one of the four.',
    },
    clinc150: {
      name: 'Intents',
      question: 'what somebody wants of an assistant, out of 150 things',
      placeholder: 'Ask an assistant for something: your bank, your kitchen, your car …',
      limits:
        'This model learned 150 things that people ask of an assistant. What is none of them gets one of the 150 names ' +
        'nevertheless: a high uncertainty is the only sign of it.',
    },
    own: {
      name: 'Your own labels',
      question: 'what you teach it, here and now',
      placeholder: 'Write a text like those that you teach …',
      limits: 'What you did not teach it, it does not know: every text gets one of your labels.',
    },
  },
  teach: 'Teach it your own labels',
  /** Of example sentences. */
  kinds: {
    easy: 'easy',
    negated: 'negated',
    mixed: 'mixed',
    sarcastic: 'sarcastic',
    hard: 'hard',
    long: 'long',
    short: 'short',
    torn: 'torn',
    'off-topic': 'off-topic',
    roundabout: 'roundabout',
    'close to another': 'close to another',
    'two wishes': 'two wishes',
    'none of the 150': 'none of the 150',
    'one word': 'one word',
  },

  exit: {
    /** In a sentence. */
    name: (exit: number) => (exit === 0 ? 'the embeddings' : `layer ${exit}`),
    /** On an axis, over a column. */
    tick: (exit: number) => (exit === 0 ? 'emb' : String(exit)),
    left: (exit: number, layers: number) =>
      exit === 0 ? 'left at the embeddings' : `left after layer ${exit} of ${layers}`,
    notYet: 'has not left',
    after: (exit: number) => (exit === 0 ? 'after the embeddings' : `after layer ${exit}`),
  },
  noLabel: 'none of its labels',
  unsure: 'unsure',
  uncertainty: 'uncertainty',
  right: 'right',
  wrong: 'wrong',
  all: 'all',
  replayed: 'replayed',

  speed: {
    name: 'Speed',
    asNumber: 'Speed as a number',
    is: (speed: string) => `speed ${speed}`,
    onDevSet: (words: string) => `${words} on the dev set`,
    spoken: (speed: string, gain: string) => `${speed}: ${gain}`,
    allLayers: (right: string) => `all layers, about ${right} right`,
    fewer: (times: string, right: string) => `${times}x fewer layers, about ${right} right`,
    hardlyAny: (right: string) => `hardly any layers, about ${right} right`,
  },

  device: {
    legend: 'Device',
    runOn: 'Run on',
    fastest: 'what is fastest here',
    automatic: 'automatic',
    model: 'Model',
    none: 'No model is loaded.',
    offered: 'The model is not here yet.',
    loading: 'Loading the model …',
    looking: 'Looking for the model …',
    download: 'Download',
    loaded: (loaded: string, total: string) => `${loaded} of ${total}`,
    /** With device 'auto': what is known of the GPU. */
    gpu: {
      times: (wasm: string, gpu: string, wasmMany: string, gpuMany: string) =>
        `a layer on 32 tokens takes ${wasm} on WASM and ${gpu} there, on 1,024 ${wasmMany} and ${gpuMany}, measured here`,
      used: (gpu: string, times: string) => `Each call goes where it is done sooner, to WASM or to the GPU (${gpu}): ${times}.`,
      'not yet': () => 'The GPU is looked at behind the first answers.',
      saving: () => 'The GPU is not looked at, to save data.',
      absent: () => 'There is no GPU for it here.',
      slower: (gpu: string, times: string) => `The GPU (${gpu}) is slower here: ${times}.`,
      differs: (gpu: string, why: string) => `The GPU (${gpu}) is not used, since it does not say what WASM says. ${why}`,
      failed: (gpu: string, why: string) => `The GPU (${gpu}) could not be used: ${why}`,
      lost: (gpu: string, why: string) => `The GPU (${gpu}) was lost: ${why}`,
    },
    lost: (reason: string, device: string, description: string) =>
      `The GPU was lost (${reason}); continuing on ${device}: ${description}.`,
  },

  story: {
    open: 'How does it work? A tour in six steps',
    name: 'Tour',
    step: (n: number, all: number) => `Step ${n} of ${all}`,
    next: 'Next',
    back: 'Back',
    close: 'Skip the tour',
    end: 'Done',
    steps: tour,
  },

  offer: {
    download: (size: string) => `Download the model (at most ${size})`,
    note:
      'Your connection may be slow or paid by the byte, so the page asks. It fetches what your texts need, once, and ' +
      'keeps it; after that it works without a network.',
  },

  /** A run of some sentences that was recorded elsewhere, until the model is here. */
  recorded: {
    name: 'Recorded run',
    tag: 'recorded',
    note: (n: number, device: string) =>
      `${n} sentences as the model once read them on another machine (${device}), played slowly. Yours are read here.`,
    point: 'Point at a line to see its sentence.',
  },

  input: {
    name: 'Input',
    one: 'One text',
    many: 'Many texts',
    text: 'Text',
    examples: 'Examples',
    tryOne: 'Or try one that is',
    compare: 'Compare with another text',
    second: 'Text to compare with',
    removeSecond: 'Only one text',
    first: 'First text',
    other: 'Second text',
    pairPlaceholder: 'The model reads both texts together',
    pairs: 'Pairs, one a line, with a tab between the two texts',
    pairNote: ' The second texts are in the column “text_pair”.',
    lines: 'Texts, one a line',
    linesPlaceholder: 'Paste lines here, or drop a .txt, .csv or .tsv file',
    classify: 'Classify',
    cancel: 'Cancel',
    file: 'Choose a file',
    fileNote:
      '.txt: a text a line. .csv and .tsv: a header row with the column “text” and, if you have them, “label” ' +
      '(a class name or number; empty where there is none).',
    ours: 'Our sentences',
    tryOurs: 'Or try ours',
    oursOfKind: (kind: string) => `Our sentences, ${kind}`,
    back: 'Back to the box',
    batch: (texts: string, labelled: string) => `: ${texts}${labelled}`,
    unlabelled: ', without labels.',
    allLabelled: ', all labelled.',
    someLabelled: (n: number) => `, ${number(n)} of them labelled.`,
    reallyStop: 'Really stop at the exit (fast)',
    exploresOne: 'Otherwise the layers beyond it run too, for the figures.',
    exploresMany: (most: number) =>
      `Otherwise up to ${most} texts run all layers, for the figures; more stop.`,
  },

  verdict: {
    name: 'Verdict',
    result: 'Result',
    point: 'Point at a text to see its verdict.',
    giveMany: 'Paste some lines, drop a file, or try our sentences.',
    offered: 'Download the model, and your text is read here.',
    untaught: 'Teach it, and your text is read here.',
    giveOne: 'Write a sentence above, or pick an example.',
    givePair: 'Write two texts above: they are read together.',
    onItsWay: 'The model is on its way; your text is read as soon as it is here.',
    noModel: 'Without a model there is no verdict.',
    noVerdict: 'There is no verdict on this text.',
    readingSoon: 'Reading …',
    reading: 'reading …',
    past: (exit: string, uncertainty: string) => `past ${exit}, at uncertainty ${uncertainty}`,
    elsewhere: 'It would leave elsewhere than recorded; let go to run it.',
    none: 'no verdict',
    wrong: (label: string) => `wrong: it is ${label}`,
    left: (left: string, gate: string) => `${left}, at uncertainty ${gate}`,
    lastAnswers: (uncertainty: string) => `${uncertainty}: the last layer always answers`,
    untimed: 'Not timed at this speed: that happens when you let go.',
    truncated: (tokens: number) => `The text has more than ${tokens} tokens; only the first ${tokens} were read.`,
    tokens: (tokens: number) => several(tokens, 'token'),
    unknown: (tokens: number) => `Not in the model's vocabulary, so not read: ${several(tokens, 'token')}.`,
    unread: 'The model can read nothing of this text.',
    provisional: 'provisional',
    soFar: (exit: string, layer: number) => `What ${exit} says; layer ${layer} is still loading.`,
    timeAtZero: (time: string, device: string) => `measured: ${time} on ${device} up to the embeddings' exit`,
    time: (time: string, device: string, exit: number) => `measured: ${time} on ${device} for the ${several(exit, 'layer')} it needed`,
    fullTime: (time: string, layers: number, full: string) => `${time}; all ${layers} took ${full}.`,
    sentence: (words: string) => `${words}.`,
    announced: (label: string, score: string, left: string) => `${label}, ${score}, ${left}.`,
  },

  why: 'Which words did it?',

  summary: {
    name: 'Summary',
    answered: 'Texts answered',
    running: (n: number, all: number) => `${number(n)} of ${several(all, 'text')} answered`,
    done: (_: number, all: number) => `${several(all, 'text')} answered`,
    cancelled: (n: number, all: number) => `Cancelled: ${number(n)} of ${several(all, 'text')} answered`,
    failed: (n: number, all: number) => `Stopped by an error: ${number(n)} of ${several(all, 'text')} answered`,
    right: (right: number, labelled: number, share: string) => `${number(right)} of ${number(labelled)} right: ${share}`,
    interval: (low: string, high: string) => `(95 % interval ${low} to ${high})`,
    depth: (mean: string, layers: number) => `${mean} of ${layers} layers on average`,
    measured: (time: string, device: string) => `measured: ${time} a text on ${device}`,
    beyond: (time: string) => `, ${time} with the layers beyond the exits`,
    took: (time: string) => `; ${time} for all, waiting included`,
    disagree: (differ: number, n: number) => `fast and full disagree on ${number(differ)} of ${number(n)}`,
    whoIsRight: (labelled: number, fast: number, full: number) =>
      `; of ${number(labelled)} with a label fast is right on ${number(fast)}, full on ${number(full)}`,
    fastAndFull: '(fast: the answer at the exit; full: the last layer\'s)',
    fullUnknown: (n: number) => `(full is not known of ${number(n)} more)`,
    announced: {
      done: (n: number) => `done: ${several(n, 'text')} answered`,
      cancelled: (n: number) => `cancelled: ${several(n, 'text')} answered`,
      failed: (n: number) => `stopped by an error: ${several(n, 'text')} answered`,
      right: (right: number, labelled: number) => `, ${number(right)} of ${number(labelled)} right`,
      depth: (mean: string) => `, ${mean} layers on average`,
    },
  },

  figure: {
    numbers: 'The numbers',
    save: 'Save',
    saveNamed: (title: string) => `Save: ${title}`,
    unreadable: 'Your browser did not let this figure be read, so there is no file of it.',
    undrawn: 'Your browser did not draw the PNG; it may be too large. The SVG can be saved.',
  },

  trajectories: {
    title: 'How it settles',
    note:
      'Uncertainty after each layer: 1 is no idea, 0 is certain. Drag the line. On the right: how many times fewer ' +
      'layers the dev set takes.',
    replayedFrom: (speed: string) => `replayed from speed ${speed}`,
    table: 'Uncertainty of each text after each layer',
    text: 'Text',
    leftAt: 'left at',
    keys: 'Trajectories: arrow keys go through texts and layers, Escape lets go',
    inFocus: 'In focus',
    none: 'Trajectories: no text has been read yet.',
    many: (texts: string, speed: number, left: number, mean: string) =>
      `Trajectories of ${texts} at speed ${speed}: ${number(left)} left, after ${mean} layers on average.`,
    one: (steps: string, speed: number, left: string) => `Trajectory: uncertainty ${steps}; at speed ${speed} it ${left}.`,
    threshold: (speed: string) => `${speed}: down here, texts leave`,
    thresholdZero: (speed: string) => `${speed}: nothing leaves early`,
    notRun: (place: string) => `${place}: not run`,
    believed: (place: string, label: string, score: string, uncertainty: string) =>
      `${place}: ${label} ${score}, uncertainty ${uncertainty}`,
    beyond: ' (beyond its exit)',
    quoted: (text: string) => `“${text}” `,
  },

  histogram: {
    title: 'Where texts leave',
    own: (n: number) => `Your texts at this speed, n = ${number(n)}`,
    recorded: (n: number) => `The recorded sentences at this speed, n = ${number(n)}`,
    dev: (n: number) => `The dev set at this speed, n = ${number(n)}`,
    judged: '; right below, wrong hatched on top',
    table: 'Texts that left at each exit',
    exit: 'Exit',
    none: 'No text has left yet.',
    summary: (texts: string, mean: string, layers: number) =>
      `Exit histogram of ${texts}: ${mean} of ${layers} layers on average.`,
    mean: (mean: string, layers: number) => `mean ${mean} of ${layers} layers`,
  },

  beliefs: {
    title: 'What each exit believes',
    few: 'The probability of each class after each layer, in %. Dark is what the exit answers; framed, where the text left.',
    likeliest: (shown: number) => ` Shown are the ${shown} likeliest.`,
    each:
      "Each label's own probability after each layer, in %: above one half, the line, the exit gives it, and it is dark. " +
      'Framed, where the text left.',
    point: 'Point at a text to see what each exit believes of it.',
    none: 'Beliefs: no text is in view.',
    summary: (beliefs: string) => `Beliefs: ${beliefs}.`,
    said: (place: string, label: string, score: string) => `${place} ${label} ${score}`,
    table: 'Probability of each class after each layer',
    head: 'Class',
    keys: 'Beliefs: arrow keys go through texts and layers, Escape lets go',
  },

  curve: {
    title: 'What speed buys',
    now: (speed: string, right: string, depth: string, layers: number) =>
      `At speed ${speed}: ${right} right with ${depth} of ${layers} layers`,
    note: (now: string, n: number, low: string, high: string, layers: number) =>
      `${now}. On the dev set, n = ${n}; the band is the 95 % interval (now ${low} to ${high}), the dashed line all ` +
      `${layers} layers.`,
    rivals: (rows: number) =>
      ' Diamonds are static models: fewer layers, distilled, Theseus, LayerDrop, pruned to ½ or ¼. Each learned from ' +
      `the task's ${number(rows)} rows alone and stands at the layers that its multiply-adds would pay for; the dotted ` +
      'line is early exit of the same rows.',
    rivalsMissing: 'The static models could not be loaded; the speed-accuracy figure goes without them.',
    beside: 'Beside it',
    nothing: 'no other task',
    table: 'Accuracy and depth on the dev set by speed',
    head: ['Speed or model', 'layers', 'right', '95 % interval'],
    ofTask: (task: string, speed: string) => `${task}, ${speed}`,
    sameRows: (speed: number) => `same rows, speed ${speed}`,
    summary: (now: string) => `Accuracy by mean depth on the dev set. ${now}.`,
    axis: 'layers a text, on average',
    theseusMixed: 'Theseus, mixed',
    neurons: (share: string) => `${share} neurons`,
    heads: (share: string) => `${share} heads`,
  },

  luha: {
    title: 'Is uncertainty honest?',
    note: (after: string, n: number) =>
      `The lower the uncertainty, the higher the accuracy (“LUHA”): that is what leaving early rests on. Here the exit ` +
      `${after} answers the whole dev set, n = ${number(n)}. A step is the share of right answers in a tenth of the scale, its ` +
      'upright the 95 % interval; the texts in it are counted beneath. Thin lines are the other exits.',
    choose: 'Exit',
    under: (speed: string, n: number, all: number, share: string, right: string, low: string, high: string) =>
      `Left of the line, at ${speed}, are ${number(n)} of ${number(all)} texts (${share}): so many leave here or have ` +
      `left before. This exit has ${right} of them right (95 % interval ${low} to ${high})`,
    over: (right: string) => `, and ${right} of those to the right, which go on.`,
    underOnly: '.',
    nothing: (speed: string) => `Left of the line, at ${speed}, is no text: nothing leaves here.`,
    last: (n: number, right: string, low: string, high: string) =>
      `Behind the last layer there is no gate: whatever comes this far is answered. Of all ${number(n)} texts it has ` +
      `${right} right (95 % interval ${low} to ${high}).`,
    textHere: 'this text',
    table: 'Accuracy on the dev set by uncertainty',
    head: ['Uncertainty', 'texts', 'right', 'accuracy', '95 % interval'],
    summary: (exit: string, words: string) => `Accuracy by uncertainty at ${exit}. ${words}`,
  },

  stages: {
    title: 'Where the time goes',
    one: (device: string, speed: string, words: string) => `Measured on ${device} at speed ${speed}, this one run. ${words}.`,
    many: (device: string, speed: string, n: number, words: string) =>
      `Measured on ${device} at speed ${speed}, mean of ${number(n)} texts. ${words}.`,
    readback: (time: string) => ` Of it ${time} waiting for the GPU's answers.`,
    table: 'Milliseconds by stage',
    head: ['Stage', 'time', ''],
    beyond: 'beyond the exit',
    summary: (words: string) => `Stage times. ${words}.`,
    inAll: (time: string) => `${time} in all`,
    until: (needed: string, whole: string) => `${needed} until it left, ${whole} with the layers beyond`,
    tokenize: 'tokenize',
    embed: 'embed',
    step: (exit: number) => (exit === 0 ? 'exit 0' : `layer ${exit}`),
    compact: 'drop rows',
    rest: 'other',
  },

  map: {
    title: 'All texts at once',
    asDots: 'What does the model make of them?',
    note: (texts: string) =>
      `${texts}: a line a text, a cell a layer, the stronger its colour, the less sure. Sorted by where they leave ` +
      '(the dark line), then by how sure they were there.',
    faint: ' Faint: beyond the exit.',
    shared: (most: number) => ` Up to ${number(most)} texts share a line, which shows their mean.`,
    texts: 'texts',
    table: 'Mean uncertainty after each layer by where texts left',
    keys: 'Map: arrow keys go through texts and layers, Escape lets go',
    summary: (texts: string, groups: string) => `Map of ${texts}: ${groups}.`,
    group: (n: number, left: string) => `${number(n)} ${left}`,
  },

  stream: {
    title: 'Text by text',
    note: "A cell a layer: the stronger its colour, the less sure; only outlined beyond the exit.",
    untimed: ' Times are hidden: at this speed nothing has run yet.',
    firstRows: (rows: number, more: number) => ` The first ${number(rows)} rows; ${number(more)} more are in the figures.`,
    keys: 'Batch stream: arrow keys go through texts and layers, Escape lets go',
    table: 'Batch stream',
    text: 'Text',
    given: 'order given',
    label: 'label',
    score: 'score',
    exit: 'exit',
    filters: 'Filters',
    contains: 'Contains',
    wrong: 'wrong only',
    disagree: 'fast and full disagree',
    full: (label: string) => `full: ${label}`,
    answer: 'Label',
    leftAt: 'Left at',
    any: 'any',
    shown: (n: number, all: number) => `${number(n)} of ${several(all, 'text')} shown`,
    none: 'No text is like that',
    showAll: (all: number) => `Show all ${number(all)}`,
    fullKnown: (n: number, all: number) => `The last layer has answered ${number(n)} of ${several(all, 'text')}.`,
    readFully: (all: number) => `Read all ${several(all, 'text')} to the last layer`,
    save: (format: string) => `Save as ${format}`,
    saveShown: (n: number, format: string) => `Save the ${number(n)} shown as ${format}`,
  },

  measure: {
    title: 'Speed on this device',
    sofar: 'Measured so far',
    stop: 'Stop',
    again: 'Measure again',
    start: 'Measure on this device',
    note: "This task's examples at five speeds, in turns; a minute at most.",
    how: (device: string, description: string, texts: number, rounds: number) =>
      `${device}, ${description}; ${texts} texts, each ${rounds} times at each speed, one by one.`,
    table: 'Milliseconds a text by speed',
    head: ['Speed', 'layers', 'mean', 'median', 'slowest 5 %', 'times faster'],
    save: 'Save as JSON',
  },

  offline: {
    title: 'Without a network',
    tasks: 'Tasks on this device',
    looking: 'Looking …',
    note: 'The page itself, ONNX Runtime and the models. They stay on this device until you or the browser delete them.',
    sofar: (task: string) => `${task}: kept so far`,
    stop: 'Stop',
    kept: (size: string) => `${size} kept`,
    missing: (size: string) => `${size} to download`,
    delete: 'Delete',
    deleteTask: (task: string) => `Delete ${task}`,
    keep: 'Make available offline',
    keepTask: (task: string) => `Keep ${task} for offline use`,
    ready: (task: string) => `${task} is ready for use without a network.`,
    noRoom: (wanted: string, room: string) => `${wanted} are to be kept, and the browser has room for ${room}.`,
    runtime: (reason: string) => `ONNX Runtime could not be kept (${reason}).`,
  },

  notices: {
    name: 'Notice',
    again: 'Try again',
    update: 'A new version of this page is ready.',
    reload: 'Reload',
    noLanguage: 'The other language could not be loaded. Check the connection and choose it again.',
  },

  /** What a visitor can do about an error, by its name. */
  troubles: {
    InputError: { title: 'The model cannot take this input', todo: 'Change the text and it is read again.' },
    TextsError: { title: 'These texts cannot be read', todo: '' },
    PackageError: {
      title: 'The model package is broken',
      todo: 'Nothing on this page can repair it; tell whoever put it here.',
    },
    DownloadError: { title: 'A part of the model did not arrive', todo: 'Check the connection, then try again.' },
    IntegrityError: {
      title: 'A part of the model arrived altered',
      todo: 'Try again. If it stays so, something between you and the server changes files.',
    },
    StorageError: {
      title: 'There is no room to keep the model',
      todo: 'Delete another task below, or free some space on this device. Online the page works on as before.',
    },
    DeviceError: {
      title: 'This device cannot run the model that way',
      todo: 'Try again, or choose another device: WASM works in every browser.',
    },
    WorkerError: {
      title: 'The model stopped',
      todo: 'Try again: it starts anew. Close other tabs if memory is short.',
    },
    DisposedError: { title: 'The model was shut down', todo: 'Try again: it starts anew.' },
    unforeseen: { title: 'Something unforeseen went wrong', todo: 'Try again, or reload the page.' },
  },

  /** Texts that cannot be read, each with its line and what to do. */
  unreadable: {
    tooLarge: (file: string, megabytes: number) => `${file} is larger than ${megabytes} MB. Split it up.`,
    notText: (file: string) => `${file} is not a text file. Save it as UTF-8 text and try again.`,
    kind: (file: string) => `${file} is of a kind that cannot be read here. Use a .txt, .csv or .tsv file.`,
    empty: 'The file is empty. Its first line must name the columns, one of them “text”.',
    noColumn: (line: number, names: string) =>
      `Line ${line} names no column “text” (it has: ${names}). Name the column of the texts “text” in the first line.`,
    columns: (line: number, has: number, header: number) =>
      `Line ${line} has ${several(has, 'column')}, the header has ${header}. Check the line's separators.`,
    noText: (line: number) => `Line ${line} has no text. Fill it in or delete the line.`,
    pair: (line: number) => `Line ${line} is a pair, and this model reads single texts. Take the column “text_pair” out.`,
    noPair: (line: number) =>
      `Line ${line} is no pair, and this model reads two texts together. Give a table the columns “text” and “text_pair”, ` +
      'a line of plain text a tab between the two.',
    nothing: 'There is no text in it. Give at least one line with a text.',
    tooMany: (line: number, most: number) =>
      `Line ${line} is one too many: the page takes ${number(most)} texts at once. Split them up.`,
    openQuote: (line: number) => `Line ${line} opens a quote that is never closed. Close it with ".`,
    afterQuote: (line: number) =>
      `Line ${line} goes on after a closing quote. Put the whole cell in quotes, and write a quote in it as "".`,
    label: (line: number, label: string, choices: string, last: number) =>
      `Line ${line} has the label “${label}”, which is no class of this model. Use a class name (${choices}) or a ` +
      `number from 0 to ${last}.`,
  },
};

/** What a language has to say. */
export type Words = typeof en;
