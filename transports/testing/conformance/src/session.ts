import { jwt } from 'pikku/jwt'
import { sealed } from 'pikku/sealed'
import { type Session, session } from './pikku.ts'

export const cookie = session.cookie({
  name: 'sid',
  resolve: (_services, value) => (value === 'ann' ? { user: 'ann' } : undefined),
})

export const bearer = session.bearer((_services, token) => (token === 'bob-token' ? { user: 'bob' } : undefined))

export const tokenSecret = 'what signs the tokens of the conformance app'

export const tokens = jwt({
  issuer: 'https://login.example.com',
  audience: 'conformance',
  algorithms: ['HS256'],
  secret: tokenSecret,
  session: (_services, { sub }): Session | undefined => (sub === undefined ? undefined : { user: sub }),
})

export const keys = session.apiKey({
  resolve: async (_services, key) => ((await key.is('key-of-carl')) ? { user: 'carl' } : undefined),
})

export const box = sealed<Session, 'box'>({ name: 'box', secrets: ['what seals the boxes of the conformance app'] })
