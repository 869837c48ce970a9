update ou de set av = (select to_jsonb(max(v)) from ouav where ouav.ou = de.id);
update ou set av = '{}'::jsonb where av is null;
insert into x select av from ou;
delete from ou where av = '{}';
alter table ou alter column av set not null;
