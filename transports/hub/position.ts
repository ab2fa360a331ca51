/** Where an entry stands in its topic. Its id is `epoch-number`. */
export interface Position {
  /** Names the life of the topic in the engine: another one when it was forgotten and began anew. */
  readonly epoch: string
  /** Grows with each entry that is kept. */
  readonly number: number
}

/** The id that names a position to the outside. */
export function toId({ epoch, number }: Position): string {
  return `${epoch}-${number}`
}

/** The position that an id names; `undefined` for what is no id of a hub. */
export function fromId(id: string): Position | undefined {
  const [, epoch, digits] = /^([0-9a-z]{1,64})-(0|[1-9]\d{0,15})$/.exec(id) ?? []
  const number = Number(digits)
  return epoch !== undefined && Number.isSafeInteger(number) ? { epoch, number } : undefined
}

/** Whether both are the same place. */
export function isSame(a: Position, b: Position): boolean {
  return a.number === b.number && a.epoch === b.epoch
}

/** Whether what stands at `position` has been seen by who has come to `at`. */
export function isSeen(position: Position, at: Position): boolean {
  return position.number <= at.number && position.epoch === at.epoch
}
