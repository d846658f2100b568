//! That a command took effect is told once it was seen, and of the command that is open. A run puts it on record the
//! first time, so that one that could not tell would do nothing else.

use super::*;

#[test]
fn a_command_has_begun_once_it_was_seen_to() {
    let Scene { brief, mut observed, mut memory } = active_standby();
    assert!(!memory.saw_begun(), "nothing is under way");
    let command = Command::NoFailoverActive(GroupId::UNIT);
    let send = Send { rung: 1, unit: Role::Primary, via: Via::Direct, target: Role::Secondary, command };
    memory.begin(Open::new(1, &send, &observed, NOW));
    memory.saw(&brief, &observed, NOW);
    assert!(!memory.saw_begun(), "it is where it was");
    let taker = pair_of_mut(&mut observed, Role::Secondary).sight.as_mut().unwrap();
    taker.value.groups.get_mut(&GroupId::UNIT).unwrap().own = Standing::Active;
    memory.saw(&brief, &observed, NOW);
    assert!(memory.saw_begun());
    memory.resolve(&brief, Effected::Yes, NOW);
    assert!(!memory.saw_begun(), "nothing is under way any more");
}
