// The part of the web app's Redux store that plugins look at. The page tells what has changed.

export class Store {
  #listeners = new Set();
  #state;
  #dispatched;

  /**
   * @param {object} state as the web app's: entities, …
   * @param {(action: object) => void} dispatched told of every plain action
   */
  constructor(state, dispatched) {
    this.#state = state;
    this.#dispatched = dispatched;
  }

  getState = () => this.#state;

  subscribe = (listener) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  dispatch = (action) => {
    if (typeof action === "function") return action(this.dispatch, this.getState);
    this.#dispatched(action);
    this.#tell();
    return action;
  };

  /** Some of the entities are other ones now. */
  set(entities) {
    this.#state = { ...this.#state, entities: { ...this.#state.entities, ...entities } };
    this.#tell();
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }
}
