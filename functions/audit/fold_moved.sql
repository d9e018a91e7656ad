create or replace function incident_engine.fold_moved(host_names text[])
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    host text;
begin
    foreach host in array host_names loop
        perform incident_engine.fold(
            array(
                select (d.host_name, d.device_name, d.capture_folder, '-infinity', 'infinity')::incident_engine.touch
                from incident.device as d
                where d.host_name = host
            ) || (host, '', '', '-infinity', 'infinity')::incident_engine.touch,
            cause => 'a move'
        );
        -- Silences that were there under one name alone are gone with their rows: so are their incidents.
        perform incident_engine.fold_incidents(
            array(
                select (d.host_name, d.device_name, d.capture_folder, '-infinity', 'infinity')::incident_engine.touch
                from incident.device as d
                where d.host_name = host
            ) || (host, host, 'host', '-infinity', 'infinity')::incident_engine.touch,
            array['system'], cause => 'a move'
        );
        perform incident_engine.tell_nobody('found by a move', host);
        -- Of whom nothing is left.
        if not exists (select from incident.device as d where d.host_name = host)
            and not exists (select from incident_engine.host_sample as m where m.host_name = host)
        then
            delete from incident.system_state as s where s.host_name = host;
            delete from incident.host_condition as c where c.host_name = host;
            perform incident_engine.fold_incidents(
                array[(host, host, 'host', '-infinity', 'infinity')::incident_engine.touch], array['system'], cause => 'a move'
            );
            delete from incident.retirement as r where r.host_name = host;
            delete from incident.host as h where h.host_name = host;
        end if;
    end loop;
end
$$;

comment on function incident_engine.fold_moved(text[]) is
'Folds hosts that devices came to or went from, and forgets those of whom nothing is left.';

revoke all on function incident_engine.fold_moved(text[]) from public;
