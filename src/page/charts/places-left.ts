/** Where texts left among the trajectories: the places of their marks, by kind. */

import { kindOf, type Outcome } from '../outcome.js';
import { depthX, shareY, type Area } from './plane.js';
import type { Point } from './polyline.js';

export interface PlacesLeft {
  right: Point[];
  wrong: Point[];
  unlabelled: Point[];
}

/** Texts that have not left yet are nowhere. */
export function placesLeft(outcomes: readonly Outcome[], area: Area, layers: number): PlacesLeft {
  const places: PlacesLeft = { right: [], wrong: [], unlabelled: [] };
  for (const { belief, right } of outcomes) {
    if (!belief) continue;
    places[kindOf({ right })].push([depthX(belief.exit, area, layers), shareY(belief.uncertainty, area)]);
  }
  return places;
}
