create or replace view incident.adoption_notes as
select
    d.outcome,
    d.kind,
    d.name,
    d.advice
from incident_engine.adoption_dependent as d
order by d.outcome, d.dependent_id;

comment on view incident.adoption_notes is
'What depended on the tables of an earlier monitoring (views, rules, keys, rights and the like), and what became of it.';
comment on column incident.adoption_notes.outcome is 'by hand: somebody has to do what advice says; kept: it works on the new tables.';
comment on column incident.adoption_notes.advice is 'What to do, or what is lost.';

revoke all on incident.adoption_notes from public;
grant select on incident.adoption_notes to incident_viewer;
