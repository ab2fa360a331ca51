/** A mistake of the person who runs the command: told in one line, without a stack. */
export class Mistake extends Error {
  override readonly name = 'Mistake'
}
