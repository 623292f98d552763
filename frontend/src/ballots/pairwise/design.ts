/** Which items a person compares, and in which order: the same as sessions/ballots/pairs.py, held together by
 *  tests/kinds/pair_designs.json. In each beginning of the order every place is in equally many pairs, one more or less. */

/** Two places from 0, as they stand: the first above the second. */
export type Places = readonly [number, number];

/** All pairs of `n` places. */
export function* designPairs(n: number): Generator<Places> {
  if (n % 2 === 0) yield* rotate(n);
  else yield* walkCycles(n);
}

/** An even number: the rounds of a tournament by the circle method. Sides change from round to round. */
function* rotate(n: number): Generator<Places> {
  const circle = n - 1;
  for (let turn = 0; turn < circle; turn += 1) {
    for (let step = 0; step < n / 2; step += 1) {
      const one = step === 0 ? circle : (turn + step) % circle;
      const other = (turn - step + circle) % circle;
      yield turn % 2 === 0 ? [one, other] : [other, one];
    }
  }
}

/** An odd number: Walecki's decomposition into Hamiltonian cycles. Each is walked twice, taking every other edge. */
function* walkCycles(n: number): Generator<Places> {
  const circle = n - 1;
  for (let start = 0; start < circle / 2; start += 1) {
    const walk = [circle];
    for (let step = 0; step < circle; step += 1) {
      const far = Math.floor((step + 1) / 2) * (step % 2 === 0 ? -1 : 1);
      walk.push((start + far + circle) % circle);
    }
    for (let step = 0; step < n; step += 1) {
      yield [walk[(2 * step) % n] as number, walk[(2 * step + 1) % n] as number];
    }
  }
}
