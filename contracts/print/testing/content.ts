import type { AppModel } from '../../model.ts'
import type { Shape } from '../../shape.ts'
import { array, boolean, date, literal, model, number, object, operation, ref, route, string, union } from './model.ts'

const file: Shape = { kind: 'file' }
const blob: Shape = { kind: 'blob' }
const stream: Shape = { kind: 'stream' }
const bytes: Shape = { kind: 'bytes', raw: true }
const id = { kind: 'string', format: 'uuid' } as const

/** Every way that something else than JSON goes in or out: one operation for each. */
export const content: AppModel = model(
  [
    operation('forms.photo', {
      description: 'Puts a photo into an album.',
      input: object({
        album: id,
        photo: { kind: 'file', maxSize: 5_000_000, contentType: ['image/*'], description: 'What was taken.' },
        'tags?': array(string),
        'taken?': date,
      }),
      output: object({ id }),
      routes: [route('POST', '/albums/:album/photos')],
    }),
    operation('forms.many', {
      input: object({ video: stream, files: array(file), 'more?': array(blob), size: number, shown: boolean }),
    }),
    operation('forms.named', { input: ref('Upload') }),
    operation('forms.classic', {
      consumes: ['application/x-www-form-urlencoded'],
      input: object({ name: string, age: { kind: 'number', integer: true }, 'days?': { kind: 'set', items: date } }),
    }),
    operation('forms.either', {
      consumes: ['application/json', 'application/x-www-form-urlencoded'],
      input: object({ name: string, 'count?': { kind: 'bigint' } }),
    }),
    operation('forms.body', {
      consumes: ['multipart/form-data'],
      input: object({ body: { kind: 'blob', maxSize: 10, contentType: ['text/plain', 'text/csv'] } }),
    }),
    operation('bodies.avatar', {
      input: object({ id, body: stream, 'crop?': union(literal('square'), literal('none')) }),
      routes: [route('PUT', '/users/:id/avatar')],
    }),
    operation('bodies.icon', { input: object({ body: { kind: 'file', contentType: ['image/png'] } }) }),
    operation('bodies.put', { input: blob, routes: [route('PUT', '/blob')] }),
    operation('bodies.pipe', { consumes: ['video/mp4', 'video/*'], input: stream }),
    operation('bodies.csv', { consumes: ['text/csv'], input: { kind: 'string', maxLength: 1000 } }),
    operation('bodies.raw', { consumes: ['application/wasm'], input: object({ 'name?': string, body: bytes }) }),
    operation('answers.report', {
      input: object({ id }),
      answer: { kind: 'file', type: 'application/pdf' },
      routes: [route('GET', '/reports/:id')],
    }),
    operation('answers.blob', { answer: { kind: 'blob' } }),
    operation('answers.stream', { answer: { kind: 'stream' } }),
    operation('answers.csv', { answer: { kind: 'text', type: 'text/csv' }, description: 'All of it as a table.' }),
    operation('answers.bytes', { answer: { kind: 'bytes', type: 'application/wasm' } }),
    operation('answers.page', { auth: false, answer: { kind: 'response' }, routes: [route('GET', '/')] }),
  ],
  { Upload: object({ title: string, 'file?': { ...file, description: 'As it was chosen.' } }) },
)
