// Which states of two versions have the same future, as far as an observer can tell.
//
// Silent steps are eliminated first: the moves of a state are what can be seen next, after any number of silent steps, each
// with the state that this leads to. Of that graph the coarsest strong bisimulation is found: states are of one class if
// they have the same moves into the same classes. Such states have the same behaviours (the moves of a state spell out its
// behaviours, letter by letter); the converse need not be so, since sets of behaviours do not tell when a choice is made.
//
// States that no way leads from to a visible cycle get their classes in one pass, from the ends of the runs backwards: the
// class of a state is the set of its moves into classes known already. The other states are parted by their moves again and
// again until no class falls apart any more (signature refinement: Blom and Orzan, PDMC 2002).

import { type Components, components } from "../../checker/components.ts";
import { StateTable } from "../../checker/state-table.ts";
import { Gathering, NumberSets } from "./number-sets.ts";
import { END, SILENT, type VisibleGraph } from "./visible-graph.ts";

export interface Futures {
  /** classes[version][node]: its class; the same numbers in both versions. */
  readonly classes: readonly [Int32Array, Int32Array];
  /** The moves of the states of each class, by number. */
  readonly moves: NumberSets;
  /** What a move shows, and the class that it leads to; END after the last letter of a complete run. */
  readonly letterOf: (move: number) => number;
  readonly classOf: (move: number) => number;
}

/** Finds the classes of both versions' nodes. Pauses now and then, telling the bytes that it takes. */
export function* futures(
  before: VisibleGraph,
  after: VisibleGraph,
): Generator<number, Futures, void> {
  const sides = [cellsOf(before), cellsOf(after)] as const;
  const moves = new Moves();
  for (const side of sides) yield* classifyFinite(side, moves);
  if (sides.some(({ open }) => open.length > 0)) {
    let [parts, previous] = [1, 0];
    while (parts !== previous) {
      previous = parts;
      const round = new Moves();
      const renewed = [];
      for (const side of sides) renewed.push(yield* part(side, moves, round));
      for (const [index, { parts: old }] of sides.entries()) old.set(renewed[index] as Int32Array);
      parts = round.sets.count;
    }
    const settled = moves.sets.count;
    for (const side of sides) classifyOpen(side, moves, settled);
  }
  const { sets, pairs } = moves;
  return {
    classes: [classesOf(sides[0]), classesOf(sides[1])],
    moves: sets,
    letterOf: (move) => pairs.arena[2 * move] as number,
    classOf: (move) => pairs.arena[2 * move + 1] as number,
  };
}

/** A graph by cells: states that silent steps lead back and forth between, whose moves are the same. */
interface Side {
  readonly graph: VisibleGraph;
  /** A cell's number is larger than those that silent steps lead to from it. */
  readonly cells: Components;
  /** Cells from which no visible cycle can be reached, each behind all those that it leads to. */
  readonly finite: readonly number[];
  /** The others, ascending. */
  readonly open: readonly number[];
  /** By cell: its class once it is known. */
  readonly classes: Int32Array;
  /** By open cell: which part of the open ones it is in so far. */
  readonly parts: Int32Array;
}

/** Cells between two pauses. */
const BATCH = 1024;

/** Beside END, which is -1. */
const NOT_YET = -2;

function cellsOf(graph: VisibleGraph): Side {
  const cells = components(
    linked(graph, (letter) => letter === SILENT),
    everyNode(graph),
  );
  const whole = components(
    linked(graph, () => true),
    everyNode(graph),
  );
  const finite: number[] = [];
  const open: number[] = [];
  const endless = new Uint8Array(whole.count);
  for (let component = 0; component < whole.count; component += 1) {
    const members = membersOf(whole, component);
    // Without a visible edge inside, a component is one cell.
    if (leadsToCycle(graph, whole, members, endless)) endless[component] = 1;
    else finite.push(cells.of[members[0] as number] as number);
  }
  for (let cell = 0; cell < cells.count; cell += 1) {
    if (endless[whole.of[cells.order[cells.starts[cell] as number] as number] as number] === 1) {
      open.push(cell);
    }
  }
  const classes = new Int32Array(cells.count).fill(NOT_YET);
  return { graph, cells, finite, open, classes, parts: new Int32Array(cells.count) };
}

/** The graph with these edges only. An edge that is left out, or ends the run, leads back to where it comes from. */
function linked(
  { root, starts, targets, letters }: VisibleGraph,
  wanted: (letter: number) => boolean,
): Parameters<typeof components>[0] {
  const links = new Int32Array(targets.length);
  for (let node = 0; node <= root; node += 1) {
    for (let edge = starts[node] as number; edge < (starts[node + 1] as number); edge += 1) {
      const target = targets[edge] as number;
      links[edge] = target !== END && wanted(letters[edge] as number) ? target : node;
    }
  }
  return { states: root + 1, starts, targets: links };
}

function everyNode({ root }: VisibleGraph): Uint8Array {
  return new Uint8Array(root + 1).fill(1);
}

function membersOf({ order, starts }: Components, component: number): Int32Array {
  return order.subarray(starts[component], starts[component + 1] ?? order.length);
}

/** Is there a visible step inside the component, or a step to one that leads to a cycle? */
function leadsToCycle(
  { starts, targets, letters }: VisibleGraph,
  { of }: Components,
  members: Int32Array,
  endless: Uint8Array,
): boolean {
  for (const node of members) {
    for (let edge = starts[node] as number; edge < (starts[node + 1] as number); edge += 1) {
      const target = targets[edge] as number;
      if (target === END) continue;
      if (
        of[target] === of[node] ? letters[edge] !== SILENT : endless[of[target] as number] === 1
      ) {
        return true;
      }
    }
  }
  return false;
}

/** Sets of moves: pairs of a letter and what it leads to. */
class Moves {
  readonly pairs = new StateTable(2);
  readonly sets = new NumberSets();
  private readonly pair = new Int32Array(2);
  private readonly gathering = new Gathering();

  get bytes(): number {
    return this.pairs.bytes + this.sets.bytes;
  }

  clear(): void {
    this.gathering.clear();
  }

  add(letter: number, to: number): void {
    this.pair[0] = letter;
    this.pair[1] = to;
    this.gathering.add(this.pairs.insert(this.pair, 0));
  }

  /** Adds all moves of one of the sets. */
  addSet(set: number): void {
    this.gathering.addAll(this.sets.get(set));
  }

  /** Adds moves that another collection numbers. */
  addForeign({ sets, pairs }: Moves, set: number): void {
    for (const move of sets.get(set)) {
      this.gathering.add(this.pairs.insert(pairs.arena, 2 * move));
    }
  }

  /** The number of the set of the moves added since `clear`. */
  set(): number {
    return this.sets.insert(this.gathering.sorted());
  }
}

/** Visits what leads out of a cell: visible edges, with the cell that they lead to or END, and silent ones. */
function eachStep(
  { graph: { starts, targets, letters }, cells }: Side,
  cell: number,
  visible: (letter: number, to: number) => void,
  silent: (to: number) => void,
): void {
  for (const node of membersOf(cells, cell)) {
    for (let edge = starts[node] as number; edge < (starts[node + 1] as number); edge += 1) {
      const target = targets[edge] as number;
      const letter = letters[edge] as number;
      const to = target === END ? END : (cells.of[target] as number);
      if (letter !== SILENT) visible(letter, to);
      else if (to !== cell) silent(to);
    }
  }
}

/** The set of a cell's moves, the classes of all cells that it leads to being known. */
function movesOf(side: Side, cell: number, moves: Moves): number {
  const { classes } = side;
  moves.clear();
  eachStep(
    side,
    cell,
    (letter, to) => moves.add(letter, to === END ? END : (classes[to] as number)),
    (to) => moves.addSet(classes[to] as number),
  );
  return moves.set();
}

function* classifyFinite(side: Side, moves: Moves): Generator<number, void, void> {
  for (const [index, cell] of side.finite.entries()) {
    side.classes[cell] = movesOf(side, cell, moves);
    if (index % BATCH === 0) yield moves.bytes;
  }
}

/** Parts the open cells of a version by their moves, which `round` gathers: a part for each set. Gives the new part of each. */
function* part(side: Side, settled: Moves, round: Moves): Generator<number, Int32Array, void> {
  const { cells, classes, open, parts } = side;
  const renewed = new Int32Array(cells.count);
  const visible = (letter: number, to: number): void => {
    const known = to === END ? END : (classes[to] as number);
    round.add(letter, known === NOT_YET ? partAs(parts[to] as number) : known);
  };
  const silent = (to: number): void => {
    const known = classes[to] as number;
    if (known === NOT_YET) round.addSet(renewed[to] as number);
    else round.addForeign(settled, known);
  };
  for (const [index, cell] of open.entries()) {
    round.clear();
    eachStep(side, cell, visible, silent);
    renewed[cell] = round.set();
    if (index % BATCH === 0) yield settled.bytes + round.bytes;
  }
  return renewed;
}

/** The number of a part beside those of classes and END. */
function partAs(part: number): number {
  return NOT_YET - 1 - part;
}

/**
 * Makes classes of the parts. They are numbered in the order of the open cells, as their sets of moves were; a cell comes
 * behind those that its silent steps lead to, whose sets are hence in.
 */
function classifyOpen(side: Side, moves: Moves, settled: number): void {
  const { classes, open, parts } = side;
  for (const cell of open) classes[cell] = settled + (parts[cell] as number);
  for (const cell of open) {
    if ((classes[cell] as number) < moves.sets.count) continue;
    if (movesOf(side, cell, moves) !== classes[cell]) throw new Error("a part that is no class");
  }
}

function classesOf({ graph, cells, classes }: Side): Int32Array {
  return Int32Array.from({ length: graph.root + 1 }, (_, node) => {
    return classes[cells.of[node] as number] as number;
  });
}
