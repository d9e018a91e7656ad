create table incident_engine.adoption_dependent (
    dependent_id bigint generated always as identity,
    kind text not null,
    name text not null,
    outcome text not null,
    advice text,
    constraint adoption_dependent_pkey primary key (dependent_id),
    constraint outcome_is_known check (outcome in ('kept', 'by hand')),
    constraint by_hand_has_advice check ((outcome = 'by hand') = (advice is not null))
);
