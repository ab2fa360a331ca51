import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'

// The cost is stored with each hash, so that it can be raised without locking anybody out.
const cost = { N: 2 ** 15, r: 8, p: 3 }

/** What is stored of a password: `scrypt$N$r$p$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), hash.toString('base64')].join('$')
}

/** Whether this is the password. Takes as long when there is none to compare with, so that nobody learns who is here. */
export async function isPassword(password: string, stored: string = decoy): Promise<boolean> {
  const [, N, r, p, salt = '', hash = ''] = stored.split('$')
  const expected = Buffer.from(hash, 'base64')
  const actual = await derive(password, Buffer.from(salt, 'base64'), { N: Number(N), r: Number(r), p: Number(p) })
  return timingSafeEqual(actual, expected) && stored !== decoy
}

const decoy = [
  'scrypt',
  cost.N,
  cost.r,
  cost.p,
  randomBytes(16).toString('base64'),
  randomBytes(32).toString('base64'),
].join('$')

function derive(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // One password may be written in several sequences of code points; NFKC makes them one.
    scrypt(password.normalize('NFKC'), salt, 32, { ...options, maxmem: 2 ** 26 }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}
