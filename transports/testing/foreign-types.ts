import assert from 'node:assert/strict'
import { join } from 'node:path'
import { finished, root, type Tool } from '../../tests/tools.ts'

/** What the type tests of a tool folder find wrong, by the types that are installed there. */
export async function typeErrors({ folder }: Tool): Promise<string[]> {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const { stdout, stderr } = await finished(process.execPath, [tsc, '-p', '.', '--pretty', 'false'], { cwd: folder })
  assert.equal(stderr, '')
  // The source that they import is checked elsewhere, with the types of Node.
  return stdout.split('\n').filter((line) => /^(?!\.\.|\s)./.test(line))
}
