import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import type { Diagnostic } from '../diagnostic.ts'
import { formatDiagnostic } from './diagnostic-text.ts'

describe('the text of a diagnostic', () => {
  let root: string
  let diagnostic: Diagnostic
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'diagnostic-'))
    const file = join(root, 'todos.ts')
    writeFileSync(file, 'export interface Filter {\n\twhen: any\r\n\n}\n')
    const message = '`any` would let everything through unchecked.'
    diagnostic = { code: 'PK1101', at: { file, line: 2, column: 2, length: 4 }, path: 'todos.list input.when', message }
  })
  after(() => rmSync(root, { recursive: true }))

  test('shows the line and a mark under what is meant, whatever the tabs', () => {
    assert.equal(
      formatDiagnostic(diagnostic, { color: false, root }),
      [
        'todos.ts:2:2 PK1101 The type is `any`',
        '',
        '  1 │ export interface Filter {',
        '  2 │ \twhen: any',
        '    │ \t~~~~ todos.list input.when',
        '',
        '  `any` would let everything through unchecked.',
      ].join('\n'),
    )
  })

  test('is the same text in colours', () => {
    const colored = formatDiagnostic(diagnostic, { color: true, root })
    assert.notEqual(colored, stripVTControlCharacters(colored))
    assert.equal(stripVTControlCharacters(colored), formatDiagnostic(diagnostic, { color: false, root }))
  })

  test('stays within the line, and does without a file that is gone or a place that is none', () => {
    const at = { file: join(root, 'todos.ts'), line: 2, column: 8, length: 400 }
    assert.match(formatDiagnostic({ ...diagnostic, at }, { color: false, root }), /^ {4}│ \t {6}~~~ todos/m)
    const gone = { ...at, file: join(root, 'gone.ts') }
    assert.equal(
      formatDiagnostic({ code: 'TS2322', message: 'One.\n  Two.', at: gone }, { color: false, root }),
      'gone.ts:2:8 TS2322\n\n  One.\n    Two.',
    )
    assert.equal(
      formatDiagnostic({ code: 'PK1001', message: 'Gone.', path: 'a.b' }, { color: false, root }),
      'PK1001 The app cannot be found\n\n  a.b\n\n  Gone.',
    )
  })

  test('shows control characters of a source as they are not', () => {
    writeFileSync(join(root, 'escape.ts'), 'const a = "\u001b[31m"\n')
    const at = { file: join(root, 'escape.ts'), line: 1, column: 1, length: 5 }
    assert.doesNotMatch(
      formatDiagnostic({ ...diagnostic, at, message: 'a\u001b[2Jb.' }, { color: false, root }),
      /\u001b/,
    )
  })
})
