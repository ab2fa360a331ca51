import { startServer } from '/work/main/bench/example/http.ts'
import { buildPackage } from '/work/main/bench/package.ts'
import { cpuTime } from '/work/main/bench/process-status.ts'
import { writeRoom } from '/work/main/bench/realtime/app.ts'
import { WebSocket } from '/work/main/node_modules/ws/wrapper.mjs'

const order = {
  customer: '0b0f2b5e-6f0a-4f53-9d0e-2a4b8a3f1c11',
  email: 'ada@example.com',
  lines: [
    { product: 'Analytical engine', quantity: 1, price: 119900 },
    { product: 'Punched cards, box of 500', quantity: 12, price: 450 },
    { product: 'Brass polish', quantity: 2, price: 799 },
  ],
  address: { street: '12 St James Square', city: 'London', zip: 'SW1Y 4JH', country: 'GB' },
  deliver: { by: 'courier', note: 'Ring twice' },
}
const json = JSON.stringify(order)
const kinds: any = {
  plain: { protocols: [], open: [], msg: (id: number) => `{"id":${id},"to":"place","input":${json}}` },
  pikku: {
    path: '/rpc',
    protocols: ['pikku.v1'],
    open: ['{"open":1,"to":"/orders/:joins","input":{"joins":"no"}}'],
    msg: (id: number) => `{"send":${id},"on":1,"to":"place","input":${json}}`,
    skip: 2,
  },
  trpc: {
    protocols: [],
    open: [],
    msg: (id: number) => `{"id":${id},"method":"mutation","params":{"path":"place","input":${json}}}`,
  },
}
const which = process.argv[2].split(',')
const bin = (await buildPackage()).bin
const server = process.env.SKIP ? '/work/main/bench/.work/realtime/server.ts' : await writeRoom(bin)
const files: any = {
  plain: '/work/main/bench/peers/realtime/plain.mjs',
  trpc: '/work/main/bench/peers/realtime/trpc.mjs',
  pikku: server,
}
const N = 16,
  COUNT = Number(process.env.COUNT ?? 40000),
  WARM = 10000
for (let round = 0; round < Number(process.argv[3] ?? 3); round++)
  for (const kind of which) {
    const k = kinds[kind]
    const { url, child, pid } = await startServer(files[kind])
    const sockets = await Promise.all(
      Array.from({ length: N }, async () => {
        const s: any = new WebSocket(
          url.replace('http', 'ws').replace('localhost', '127.0.0.1') + (k.path ?? ''),
          k.protocols,
          { headers: { authorization: 'Bearer ann' }, perMessageDeflate: false },
        )
        s.got = 0
        const skipped =
          k.skip &&
          new Promise<void>((r) => {
            let n = 0
            s.on('message', function f() {
              if (++n === k.skip) {
                s.off('message', f)
                r()
              }
            })
          })
        await new Promise((r, j) => {
          s.once('open', r)
          s.once('error', j)
        })
        for (const o of k.open) s.send(o)
        await skipped
        return s
      }),
    )
    const run = async (count: number) => {
      let left = count
      await Promise.all(
        sockets.map(
          (s: any) =>
            new Promise<void>((resolve) => {
              s.id ??= 1
              const next = () => {
                if (left-- <= 0) {
                  s.off('message', on)
                  resolve()
                } else s.send(k.msg(++s.id))
              }
              const on = (d: any) => {
                if (d.length < 300) console.log(String(d))
                next()
              }
              s.on('message', on)
              next()
            }),
        ),
      )
    }
    await run(WARM)
    const before = cpuTime(pid)
    const t = performance.now()
    await run(COUNT)
    console.log(
      kind,
      (((cpuTime(pid) - before) * 1000) / COUNT).toFixed(2),
      'µs/msg',
      ((COUNT / (performance.now() - t)) * 1000).toFixed(0),
      '/s',
    )
    for (const s of sockets) s.terminate()
    child.kill('SIGINT')
    await new Promise((r) => child.once('exit', r))
  }
process.exit(0)
