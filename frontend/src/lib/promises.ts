import type { WireError } from "./entry";
import type { Done } from "./wire.gen";

interface Promised {
  resolve(done: Done): void;
  reject(error: WireError): void;
}

/** Pending promises of this page, by the key of the answer. */
export class Promises {
  readonly #open = new Map<string, Promised>();

  make(key: string): Promise<Done> {
    const before = this.#open.get(key);
    const promise = new Promise<Done>((resolve, reject) => {
      this.#open.set(key, {
        resolve: (done) => (before?.resolve(done), resolve(done)),
        reject: (error) => (before?.reject(error), reject(error)),
      });
    });
    // A screen that does not wait for the answer sees a refusal in the outbox.
    promise.catch(() => undefined);
    return promise;
  }

  resolve(key: string, done: Done): void {
    this.#take(key)?.resolve(done);
  }

  reject(key: string, error: WireError): void {
    this.#take(key)?.reject(error);
  }

  /** The promise of `key` is resolved or rejected with that of the answer `by`, which replaces it. */
  handOver(key: string, by: string): void {
    const promised = this.#take(key);
    if (promised) void this.make(by).then(promised.resolve, promised.reject);
  }

  #take(key: string): Promised | undefined {
    const promised = this.#open.get(key);
    this.#open.delete(key);
    return promised;
  }
}
