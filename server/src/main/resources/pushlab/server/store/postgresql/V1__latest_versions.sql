create table epoch (
  epoch varchar(32) not null primary key
);

insert into epoch (epoch) values ('${epoch}');

create table task (
  name varchar(64) not null primary key,
  version bigint not null,
  status varchar(512) not null,
  updated_at timestamp(3) with time zone not null
);
