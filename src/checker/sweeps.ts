// What every state takes over from the states that its steps lead to: asked of all states again and again until nothing changes.
//
// From the last state to the first, two or three rounds mostly do, since breadth-first order lets most edges lead forward.
// Long ways along edges that lead back would come one state nearer a round; for them a depth-first order is found, in which
// all states come behind those that they lead to, but for edges that close loops.

/** Rounds before another order is worth its price. */
const PLAIN_ROUNDS = 3;

/** Updates all states until no update changes anything (returns true); `targetsOf` visits the states that one leads to. */
export function sweep(
  states: number,
  update: (state: number) => boolean,
  targetsOf: (state: number, visit: (target: number) => void) => void,
): void {
  let order: Int32Array | null = null;
  for (let [changed, round] = [true, 0]; changed; round += 1) {
    if (round === PLAIN_ROUNDS) order = postorder(states, targetsOf);
    changed = false;
    for (let turn = 0; turn < states; turn += 1) {
      const state = order === null ? states - 1 - turn : (order[turn] as number);
      if (update(state)) changed = true;
    }
  }
}

/** All states, each behind those that a depth-first search meets from it. */
function postorder(
  states: number,
  targetsOf: (state: number, visit: (target: number) => void) => void,
): Int32Array {
  const order = new Int32Array(states);
  let ordered = 0;
  const met = new Uint8Array(states);
  /** States to be met; ~state marks where all that is met from a state has been ordered. */
  let stack = new Int32Array(1 << 10);
  let height = 0;
  const push = (entry: number): void => {
    if (height === stack.length) {
      const higher = new Int32Array(2 * height);
      higher.set(stack);
      stack = higher;
    }
    stack[height] = entry;
    height += 1;
  };
  const visit = (target: number): void => {
    if (met[target] === 0) push(target);
  };
  for (let root = 0; root < states; root += 1) {
    visit(root);
    while (height > 0) {
      height -= 1;
      const entry = stack[height] as number;
      if (entry < 0) {
        order[ordered] = ~entry;
        ordered += 1;
      } else if (met[entry] === 0) {
        met[entry] = 1;
        push(~entry);
        targetsOf(entry, visit);
      }
    }
  }
  return order;
}
