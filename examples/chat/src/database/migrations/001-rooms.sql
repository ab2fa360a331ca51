create table rooms (
  id text primary key,
  name text not null,
  created_at timestamptz(3) not null default clock_timestamp()
);
insert into rooms (id, name) values ('general', 'General'), ('random', 'Random');

-- The id is its sender's choice, so that what is sent twice is there once. The number says what comes first.
create table messages (
  id uuid primary key,
  number bigint generated always as identity,
  room text not null references rooms on delete cascade,
  author text not null,
  text text not null,
  posted_at timestamptz(3) not null default clock_timestamp()
);
create unique index messages_room on messages (room, number);

-- Apart from the messages, so that reading these does not read through files.
create table files (
  message uuid primary key references messages on delete cascade,
  name text not null,
  type text not null,
  size integer not null,
  content bytea not null
);
