import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Modules } from './modules.ts'

test('a source file is named for its path, in letters that every file system takes, and no two alike', () => {
  const modules = new Modules('/app')
  for (const [file, module] of [
    ['src/functions/todos.ts', 'todos'],
    ['src/functions/admin/users.ts', 'admin/users'],
    ['src/functions/admin/index.ts', 'admin'],
    ['src/todos.ts', 'src/todos'],
    ['src/functions/Todos.ts', 'functions/Todos'],
    ['src/functions/client.ts', 'client-functions'],
    ['src/app/(admin)/[id]/we ird.mts', 'app/admin/id/we-ird'],
    ['src/.hidden/naïve.ts', 'hidden/na-ve'],
    ['../other/src/functions/mail.ts', 'other/src/mail'],
    ['src/functions/日本.ts', 'functions'],
    ['src/日本.ts', 'src'],
    ['日本.ts', 'module'],
    ['本.ts', 'module-2'],
  ] as const) {
    assert.equal(modules.of(`/app/${file}`), module, file)
  }
})
