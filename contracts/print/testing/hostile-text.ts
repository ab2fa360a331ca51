import fc from 'fast-check'

/** What would end a string, a comment or a template, or look as if it did. */
const hostile = [
  "'+globalThis.ran()+'",
  '"',
  '`',
  `\${globalThis.ran()}`,
  '*/globalThis.ran()/*',
  '**//',
  '*\u2028/',
  '\\',
  "\\'",
  '\\u0027',
  '\n',
  '\r\nglobalThis.ran()//',
  '\u2028',
  '\u2029',
  '\u0000',
  '\ud800',
  '\udfff',
  '\u202e',
  '</script>',
  '<!--',
  '-->',
  '__proto__',
  'constructor',
  '',
]
/** Texts that mean something to JavaScript, to comments or to whoever looks at them. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...hostile, ...'*/\\\'"`$}{\n'), { maxLength: 8 }).map((parts) => parts.join('')),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 5 }).map((codes) => String.fromCharCode(...codes)),
)
