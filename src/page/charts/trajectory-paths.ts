/** Trajectories as paths: what a text ran until it left, and what it would have run beyond. */

import type { Belief } from '../../core/index.js';
import { depthX, exitAt, shareY, type Area } from './plane.js';
import { polyline } from './polyline.js';

export interface TrajectoryPaths {
  /** Up to the exit, or to the end of the recording. */
  taken: string;
  /** From the exit on; empty where nothing beyond was computed. */
  beyond: string;
}

function path(beliefs: readonly Belief[], area: Area, layers: number): string {
  return polyline(beliefs.map(({ exit, uncertainty }) => [depthX(exit, area, layers), shareY(uncertainty, area)]));
}

export function trajectoryPaths(
  trajectory: readonly Belief[],
  left: Belief | undefined,
  area: Area,
  layers: number,
): TrajectoryPaths {
  const exit = left?.exit ?? Infinity;
  const beyond = trajectory.filter((belief) => belief.exit >= exit);
  return {
    taken: path(trajectory.filter((belief) => belief.exit <= exit), area, layers),
    beyond: beyond.length > 1 ? path(beyond, area, layers) : '',
  };
}

/** The same of many texts, each worked out once an exit: a drag of the slider asks for the same few again and again. */
export function rememberedPaths(
  trajectories: readonly (readonly Belief[])[],
  area: Area,
  layers: number,
): (text: number, left: Belief | undefined) => TrajectoryPaths {
  const known = trajectories.map((): TrajectoryPaths[] => []);
  return (text, left) => (known[text]![left?.exit ?? layers + 1] ??= trajectoryPaths(trajectories[text]!, left, area, layers));
}

/** A path a text, for a canvas: more of them than elements are worth. */
export function bundle(
  trajectories: readonly (readonly Belief[])[],
  area: Area,
  layers: number,
): string[] {
  return trajectories.map((trajectory) => path(trajectory, area, layers));
}

/** How strongly a line of n is painted: the more there are, the fainter, so that one sees where most of them run. */
export function lineOpacity(n: number): number {
  return Math.max(0.03, Math.min(0.35, 120 / n));
}

/**
 * The text whose line passes the pointer's column closest, within `reach` pixels.
 * With a single text there is nothing to choose from: any place in its column will do.
 */
export function nearest(
  trajectories: readonly (readonly Belief[])[],
  pointer: { x: number; y: number },
  area: Area,
  layers: number,
  reach = 24,
): { sample: number; layer: number } | undefined {
  const layer = exitAt(pointer.x, area, layers);
  let best: { sample: number; layer: number } | undefined;
  let closest = trajectories.length === 1 ? Infinity : reach;
  trajectories.forEach((trajectory, sample) => {
    const belief = trajectory.find(({ exit }) => exit === layer);
    if (!belief) return;
    const distance = Math.abs(shareY(belief.uncertainty, area) - pointer.y);
    if (distance >= closest) return;
    closest = distance;
    best = { sample, layer };
  });
  return best;
}
