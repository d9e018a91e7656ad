create or replace view incident.agents as
select
    a.login,
    a.host_name,
    pg_catalog.to_regrole(pg_catalog.quote_ident(a.login)) is not null as login_exists,
    a.allowed_by,
    a.allowed_at
from incident_engine.agent_host as a
order by a.login, a.host_name;

comment on view incident.agents is 'Which login may insert metric rows of which host, and who allowed it.';
comment on column incident.agents.login_exists is
'False: there is no such login any more; incident.forbid_agent() before another gets its name.';

revoke all on incident.agents from public;
grant select on incident.agents to incident_viewer;
