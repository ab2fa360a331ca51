import type { Account } from '../contracts/account.ts'
import type { List } from '../contracts/lists.ts'
import type { Stats, Todo } from '../contracts/todos.ts'
import { api, isSignedOut, messageOf } from './api.ts'
import { createComposer } from './composer.ts'
import { announce, h } from './dom.ts'
import { createHeading } from './heading.ts'
import { listenToKeys } from './keyboard.ts'
import { followChanges } from './live.ts'
import { type Filter, hashOf, queryOf, type View, viewOf } from './query.ts'
import { createSidebar } from './sidebar.ts'
import { toast, toastError } from './toasts.ts'
import { createTodoList } from './todo-list.ts'
import { TodoStore } from './todo-store.ts'
import { createToolbar } from './toolbar.ts'

/** What somebody sees who is signed in. `leave` ends what runs behind it. */
export function createWorkspace(account: Account, signedOut: () => void): { element: HTMLElement; leave: () => void } {
  const leaving = new AbortController()
  let view = viewOf(location.hash)
  let filter: Filter = { status: 'open', search: '', sort: usualSort(view) }
  let lists: readonly List[] = []
  let stats: Stats | undefined

  const store = new TodoStore(() => showTodos())
  const sidebar = createSidebar(account, { createList, signOut: () => attempt(signOut), fail })
  const heading = createHeading({ rename: renameList, remove: (list) => attempt(() => removeList(list)), fail })
  const composer = createComposer(async (draft) => {
    await store.add(draft)
    announce('Added')
  }, fail)
  const toolbar = createToolbar((part) => {
    filter = { ...filter, ...part }
    load()
  })
  const list = createTodoList({
    toggle: (todo) => attempt(() => toggle(todo)),
    remove: (todo) => attempt(() => remove(todo)),
    save: (patch) => store.save(patch),
    fail,
    lists: () => lists,
    namesLists: () => view.kind !== 'list',
  })

  function load(): void {
    toolbar.set(filter)
    void store.load(queryOf(view, filter))
  }

  /** Lists and figures change with almost everything. */
  async function refresh(): Promise<void> {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
    ;[lists, stats] = await Promise.all([api.lists.list(), api.todos.stats({ timeZone })])
    showFrame()
    showTodos()
  }
  const refreshSoon = atMostOnce(() => refresh().catch(fail))

  async function toggle(todo: Todo): Promise<void> {
    if (filter.status !== 'any') list.leave(todo.id)
    const saved = await store.toggle(todo)
    announce(saved.done ? 'Done' : 'Open again')
    if (saved.done && filter.status === 'open') {
      toast(`Done: ${saved.title}`, { label: 'Undo', run: () => attempt(() => toggle(saved)) })
    }
  }

  async function remove(todo: Todo): Promise<void> {
    list.leave(todo.id)
    await store.remove(todo)
    // Its files are gone with it, and nothing brings them back.
    const undo = { label: 'Undo', run: () => attempt(() => store.restore(todo)) }
    toast(`Deleted: ${todo.title}`, todo.attachments === 0 ? undo : undefined)
  }

  async function createList(name: string): Promise<void> {
    const { id } = await api.lists.create({ name })
    await refresh()
    location.hash = hashOf({ kind: 'list', id })
  }

  async function renameList({ id }: List, name: string): Promise<void> {
    await api.lists.rename({ id, name })
    await refresh()
  }

  async function removeList({ id, name }: List): Promise<void> {
    await api.lists.remove({ id })
    location.hash = hashOf({ kind: 'all' })
    toast(`Deleted the list ${name}`)
    await refresh()
  }

  async function signOut(): Promise<void> {
    await api.account.signOut()
    signedOut()
  }

  function attempt(work: () => Promise<void>): void {
    work().catch(fail)
  }

  function fail(error: unknown): void {
    if (leaving.signal.aborted) return
    if (isSignedOut(error)) signedOut()
    else toastError(error)
  }

  function showFrame(): void {
    const current = currentList(view, lists)
    const title = view.kind === 'list' ? (current?.name ?? 'List') : titles[view.kind]
    document.title = `${title} · Todos`
    heading.update(title, store.state === 'ready' ? countOf(store.total, filter) : ' ', current)
    sidebar.update(view, lists, stats)
    composer.update(view, lists)
  }

  function showTodos(): void {
    showFrame()
    if (store.state === 'loading') list.showLoading()
    else if (store.state === 'failed' && isSignedOut(store.problem)) signedOut()
    else if (store.state === 'failed') list.showError(messageOf(store.problem), load)
    else
      list.show(
        store.todos,
        store.hasMore ? () => attempt(() => store.loadMore()) : undefined,
        emptyText(view, filter, lists),
      )
  }

  window.addEventListener(
    'hashchange',
    () => {
      view = viewOf(location.hash)
      filter = { status: 'open', search: '', sort: usualSort(view) }
      store.state = 'loading'
      showTodos()
      load()
    },
    { signal: leaving.signal },
  )
  listenToKeys({ n: composer.focus, '/': toolbar.focusSearch, l: sidebar.addList }, leaving.signal)
  void followChanges(leaving.signal, (change) => {
    if (change.type === 'saved') store.settle(change.todo)
    if (change.type === 'removed') store.drop(change.id)
    // What happened before was not heard.
    if (change.type === 'ready') load()
    refreshSoon()
  })
  showTodos()
  load()
  refreshSoon()

  const main = h('main', { className: 'main' }, heading.element, composer.element, toolbar.element, list.element)
  return {
    element: h('div', { className: 'workspace' }, sidebar.element, main),
    leave() {
      leaving.abort()
      store.stop()
      document.title = 'Todos'
    },
  }
}

const titles = { all: 'All todos', today: 'Today', upcoming: 'Upcoming' }

function usualSort({ kind }: View): Filter['sort'] {
  return kind === 'today' || kind === 'upcoming' ? 'due' : 'added'
}

function currentList(view: View, lists: readonly List[]): List | undefined {
  return view.kind === 'list' ? lists.find(({ id }) => id === view.id) : undefined
}

function countOf(total: number, { status, search }: Filter): string {
  const what = { open: 'open', done: 'done', any: total === 1 ? 'todo' : 'todos' }[status]
  return `${total} ${what}${search ? ` with “${search}”` : ''}`
}

function emptyText(view: View, { status, search }: Filter, lists: readonly List[]): string {
  if (search) return `Nothing here has “${search}” in it.`
  if (lists.length === 0) return 'Make a list first: press L, or the plus beside Lists.'
  if (status === 'done') return 'Nothing is done yet.'
  if (view.kind === 'today') return 'Nothing is due today. Enjoy it.'
  if (view.kind === 'upcoming') return 'Nothing is coming up.'
  return 'All clear. Press N to add a todo.'
}

/** Runs the work, and once more after it when it was asked for meanwhile. */
function atMostOnce(work: () => Promise<void>): () => void {
  let state: 'idle' | 'running' | 'again' = 'idle'
  const run = async () => {
    if (state !== 'idle') {
      state = 'again'
      return
    }
    state = 'running'
    await work()
    const again = (state as string) === 'again'
    state = 'idle'
    if (again) await run()
  }
  return () => void run()
}
