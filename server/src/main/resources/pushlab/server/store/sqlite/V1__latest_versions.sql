create table epoch (
  epoch text not null primary key
) strict;

insert into epoch (epoch) values ('${epoch}');

-- updated_at is UTC, such as 2026-11-27T12:00:00.123Z.
create table task (
  name text not null primary key,
  version integer not null,
  status text not null,
  updated_at text not null
) strict;
