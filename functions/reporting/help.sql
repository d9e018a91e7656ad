create or replace view incident.help as
select
    h.topic,
    h.you_want,
    h.call
from (
    values
    ('now', 'what is broken', 'select * from incident.board;'),
    ('now', '... a line for each host', 'select * from incident.board_by_host;'),
    ('now', 'everything on one screen', 'select * from incident.status();'),
    ('now', 'take over a shift', 'select * from incident.handover();'),
    ('now', 'what fails, not yet for long', 'select * from incident.pending;'),
    ('now', 'how each host is', 'select * from incident.host_now;'),
    ('now', 'maintenance under way', 'select * from incident.maintenance_now;'),
    ('now', 'is anybody looking', 'select * from incident.health;'),
    ('work', 'I am on it (ack, take)', 'select * from incident.acknowledge(42, ''on it'');'),
    ('work', '... on all of a host', 'select incident.acknowledge(array(select incident_id'),
    ('work', '', '    from incident.active where host_name = ''studio''));'),
    ('work', 'give it to Ben', 'select incident.assign(42, ''ben'', ''needs hands'');'),
    ('work', 'write something down', 'select incident.comment(42, ''hub is hot'');'),
    ('work', 'tell nobody for a while (mute)', 'select incident.snooze(42, now() + ''2 h'');'),
    ('work', 'a false alarm', 'select incident.dismiss(42, ''it was a test'');'),
    ('work', 'it is over, says no sample', 'select incident.resolve(42, ''taken away'');'),
    ('work', 'it is not over', 'select incident.reopen(42, ''back again'');'),
    ('work', 'file it, with its cause', 'select incident.close(42, ''new hub'', ''hub broke'');'),
    ('undo', 'I am not on it (unack)', 'select incident.unacknowledge(42);'),
    ('undo', 'nobody''s any more', 'select incident.unassign(42);'),
    ('undo', 'no false alarm after all', 'select incident.undismiss(42);'),
    ('undo', 'another cause, also if closed', 'select incident.amend(42, root_cause => ''plug'');'),
    ('record', 'the last twenty', 'select * from incident.recent limit 20;'),
    ('record', 'all about one', 'select incident.postmortem(42);'),
    ('record', 'who was told what', 'select * from incident.told where incident_id = 42;'),
    ('record', 'has anybody tampered', 'select * from incident.verify_timeline();'),
    ('planned', 'work on a host, 2 hours', 'select incident.add_maintenance(''studio'','),
    ('planned', '', '    now(), now() + ''2 h'', ''new disk'');'),
    ('planned', 'every Sunday at 3', 'select incident.add_recurring_maintenance(''studio'','),
    ('planned', '', '    array[''sunday''], ''03:00'', ''1 h'','),
    ('planned', '', '    ''Europe/Berlin'', ''backup'');'),
    ('planned', 'it takes longer', 'select incident.extend_maintenance(7, now() + ''2 h'');'),
    ('planned', 'it ended early', 'select incident.end_maintenance(7);'),
    ('report', 'availability of devices', 'select * from incident.availability();'),
    ('report', '... by day', 'select * from incident.availability_by(''day'');'),
    ('report', 'the SLA of a month', 'select * from incident.sla_report('),
    ('report', '', '    month => ''2026-10'');'),
    ('report', 'how fast we were', 'select * from incident.response_times();'),
    ('report', 'time between failures', 'select * from incident.mtbf();'),
    ('report', 'worst and best, and why', 'select * from incident.reliability_ranking();'),
    ('report', 'what keeps coming back', 'select * from incident.recurring();'),
    ('report', 'week over week', 'select * from incident.trends();'),
    ('report', 'keep what a customer was given', 'select * from incident.seal_report(''2026-10'');'),
    ('policy', 'what counts here', 'select * from incident.policy_for(''studio'');'),
    ('policy', 'open after 5 minutes only', 'select incident.set_policy('),
    ('policy', '', '    host_name => ''studio'', open_after => ''5 min'');'),
    ('policy', 'what that would have meant', 'select * from incident.backtest('),
    ('policy', '', '    host_name => ''studio'', open_after => ''5 min'');'),
    ('hosts', 'a device is gone for good', 'select incident.retire_device('),
    ('hosts', '', '    ''studio'', ''TV'', ''capture1'', ''sold'');'),
    ('hosts', 'who may send for which host', 'select * from incident.agents;'),
    ('hosts', 'let a login send for a host', 'select incident.allow_agent(''studio_1'', ''studio'');'),
    ('telling', 'who is on call', 'select * from incident.on_call();'),
    ('telling', 'who hears of a host', 'select * from incident.route_for(''studio'');'),
    ('upkeep', 'look now', 'select incident.sweep();'),
    ('upkeep', 'is everything consistent', 'select * from incident.check_invariants();'),
    ('upkeep', 'what is installed', 'select incident.version();')
) as h (topic, you_want, call);

comment on view incident.help is
'What you want and what to call for it, by topic; a call of several lines goes on in the next rows. \df+ incident.NAME tells more.';
comment on column incident.help.you_want is 'Empty where the call goes on from the row above.';

revoke all on incident.help from public;
grant select on incident.help to incident_viewer;
