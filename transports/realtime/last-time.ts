/** When something last happened, to within the time between two looks: the clock is not asked each time it does. */
export class LastTime {
  /** Whether it has happened since the last look. */
  isNow = false
  #at = performance.now()

  /** By `performance.now()`. */
  get at(): number {
    if (this.isNow) this.at = performance.now()
    return this.#at
  }

  set at(time: number) {
    this.isNow = false
    this.#at = time
  }
}
