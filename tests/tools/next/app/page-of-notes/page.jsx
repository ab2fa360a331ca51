import { api } from '../../hono.js'

async function signIn() {
  'use server'
  await api.notes.signIn({})
}

async function write(form) {
  'use server'
  await api.notes.put({ id: 'of-page', text: form.get('text') })
}

/** What a server component gets from the app: a value, a typed error, and what needs a session. */
export default async function Page() {
  const { at } = await api.notes.echo({ text: '', at: new Date(0) })
  const missing = await api.notes.get({ id: 'none' }).catch((error) => `${error.code} ${error.data.id}`)
  const user = await api.notes.mine({}).catch((error) => error.code)
  return (
    <main>
      <p>{`date ${at instanceof Date}, missing ${missing}, user ${user}`}</p>
      <form action={signIn} />
      <form action={write} />
    </main>
  )
}
