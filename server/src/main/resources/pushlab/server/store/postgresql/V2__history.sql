-- Every version that ever was. The server appends and never reads: what is old may be deleted.
create table history (
  name varchar(64) not null,
  version bigint not null,
  status varchar(512) not null,
  updated_at timestamp(3) with time zone not null,
  primary key (name, version)
);

-- Of one time for all servers.
insert into task (name, version, status, updated_at) values ('default', 0, '${first}', now());
