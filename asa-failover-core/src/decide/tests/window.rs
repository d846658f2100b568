//! What a hop takes of the window, group by group.

use super::*;

/// Each group on the unit that reboots first is a switch more, unless all of them are there: then the other unit
/// reboots first. A switch takes 10 s and what "ready" takes behind it.
#[test]
fn each_group_that_has_to_leave_is_a_switch_more() {
    const THREE: GroupId = GroupId::new(3);
    let hop_s = |there: &[GroupId]| {
        let mut scene = active_active();
        let another = scene.brief.groups[&ONE].clone();
        scene.brief.groups.insert(THREE, another);
        for role in Role::BOTH {
            let groups = &mut pair_of_mut(&mut scene.observed, role).sight.as_mut().unwrap().value.groups;
            let another = groups[&ONE].clone();
            groups.insert(THREE, another);
            for (group, standings) in groups {
                let taken = there.contains(group) == (role == Role::Secondary);
                standings.own = if taken { Standing::Active } else { Standing::StandbyReady };
            }
        }
        scene.view().hop_s(1)
    };
    let none_s = hop_s(&[]);
    let switch_s = 10 + Policy::default().ready_for_s;
    for (there, switches) in
        [(&[ONE] as &[_], 1), (&[ONE, TWO], 2), (&[TWO, THREE], 2), (&[ONE, TWO, THREE], 0)]
    {
        assert_eq!(hop_s(there) - none_s, switches * switch_s, "{there:?}");
    }
}
