import { session } from './pikku.ts'

export const cookie = session.cookie({
  name: 'sid',
  resolve: (_services, value) => (value === 'ann' ? { user: 'ann' } : undefined),
})

export const bearer = session.bearer((_services, token) => (token === 'bob-token' ? { user: 'bob' } : undefined))
