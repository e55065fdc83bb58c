/**
 * The call shapes of transformers.js, held against its own types: `npm run types` fails where the part
 * that both offer differs. Never run. What differs on purpose is in docs/guide.md.
 */

import type { PipelineType, pipeline as theirPipeline, PretrainedModelOptions, ProgressInfo } from '@huggingface/transformers';
import type { pipeline as ourPipeline, PipelineOptions, ProgressEvent } from 'fastbert-web';
import { expectTypeOf } from 'vitest';

type Pipeline<F extends (...args: never[]) => Promise<unknown>> = Awaited<ReturnType<F>>;
declare const ours: Pipeline<typeof ourPipeline>;
declare const theirs: Pipeline<typeof theirPipeline<'text-classification'>>;

// What takes a task takes ours, and what is loaded is called alike.
expectTypeOf<Parameters<typeof ourPipeline>[0]>().toExtend<PipelineType>();
expectTypeOf(ours('a text')).toEqualTypeOf(theirs('a text'));
expectTypeOf(ours('a text', { top_k: 2 })).toEqualTypeOf(theirs('a text', { top_k: 2 }));
expectTypeOf(ours('a text', { top_k: null })).toEqualTypeOf(theirs('a text', { top_k: null }));
expectTypeOf(ours(['a', 'b'])).toEqualTypeOf(theirs(['a', 'b']));
expectTypeOf(ours(['a', 'b'], { top_k: 1 })).toEqualTypeOf(theirs(['a', 'b'], { top_k: 1 }));
expectTypeOf(ours(['a', 'b'], { top_k: 2 })).toEqualTypeOf(theirs(['a', 'b'], { top_k: 2 }));
expectTypeOf(ours(['a', 'b'], { top_k: null })).toEqualTypeOf(theirs(['a', 'b'], { top_k: null }));
expectTypeOf(ours.dispose).toEqualTypeOf(theirs.dispose);

// Options of the same name take what theirs take.
expectTypeOf<NonNullable<PipelineOptions['device']>>().toExtend<PretrainedModelOptions['device']>();

// Their progress_total also lists the files, and a download of theirs never waits.
expectTypeOf<Exclude<ProgressEvent, { status: 'progress_total' | 'waiting' }>>().toExtend<ProgressInfo>();
expectTypeOf<ProgressInfo>().toExtend<ProgressEvent>();
