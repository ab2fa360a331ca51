import { stripTypeScriptTypes } from 'node:module'

/** What a generated file of TypeScript exports, given what it imports. For tests: the text is run as it is. */
export function evaluate(text: string, imports: Readonly<Record<string, object>>): Record<string, unknown> {
  const names: string[] = []
  const body = stripTypeScriptTypes(text)
    .replace(/^import \* as (\w+) from '([^']+)'$/gm, "const $1 = imports['$2']")
    .replace(/^import \{([^}]*)\} from '([^']+)'$/gm, (_, list: string, from: string) => {
      return `const { ${list.replace(/\btype \w+,?/g, '').replaceAll(' as ', ': ')} } = imports['${from}']`
    })
    .replace(/^export \{ (\S+) \}$/gm, (_, name: string) => {
      names.push(name)
      return ''
    })
    .replace(/^export (const|function) ([^\s(:]+)/gm, (_, kind: string, name: string) => {
      names.push(name)
      return `${kind} ${name}`
    })
  return new Function('imports', `'use strict'\n${body}\nreturn { ${names.join(', ')} }`)(imports) as Record<
    string,
    unknown
  >
}
