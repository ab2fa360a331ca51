create table users (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  email text not null,
  password text not null,
  created_at timestamptz(3) not null default now()
);
create unique index users_email on users (lower(email));

-- The id is the SHA-256 of the token in the cookie; the token itself is stored nowhere.
create table sessions (
  id text primary key,
  user_id uuid not null references users on delete cascade,
  expires_at timestamptz(3) not null
);
create index sessions_user on sessions (user_id);
