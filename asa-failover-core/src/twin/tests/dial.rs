//! A session over the network: how long it takes to come about, and to be given up.

use std::time::Duration;

use super::super::{Address, Fault, NoAnswer, Pair, Spec, When};
use super::{Client, standby};
use crate::unit::Role;

const MILLIS: fn(u64) -> Duration = Duration::from_millis;

/// A pair whose active unit gave way at this time; its mate takes over 800 ms later.
fn giving_way(round_trip: u64) -> Pair {
    let mut spec = Spec { round_trip: MILLIS(round_trip), ..standby() };
    spec.timings.switch = (MILLIS(800), MILLIS(800));
    let mut client = Client::at(spec, Address::Active);
    client.say("no failover active");
    client.pair
}

/// What became of it, and how many milliseconds it took.
fn dialled(mut pair: Pair, address: Address, within: u64) -> (Result<(), NoAnswer>, u128) {
    let began = pair.now();
    let opened = pair.dial(address, began + MILLIS(within));
    (opened, pair.now().saturating_sub(began).as_millis())
}

#[test]
fn a_session_takes_eight_round_trips() {
    let pair = Pair::new(Spec { round_trip: MILLIS(150), ..standby() }, 7);
    assert_eq!(dialled(pair.clone(), Address::Active, 30_000), (Ok(()), 1_200));
    assert_eq!(dialled(pair.clone(), Address::Standby, 1_200), (Ok(()), 1_200));
    assert_eq!(dialled(pair, Address::Standby, 1_199), (Err(NoAnswer::Late), 1_199));
}

#[test]
fn an_address_where_nobody_answers_is_asked_once_more_after_a_second() {
    assert_eq!(dialled(giving_way(20), Address::Active, 30_000), (Ok(()), 1_160));
    assert_eq!(dialled(giving_way(20), Address::Active, 900), (Err(NoAnswer::Late), 900));
    // Until one of them takes over both are at the standby address, and neither is heard.
    assert_eq!(dialled(giving_way(20), Address::Standby, 30_000), (Ok(()), 1_160));
}

#[test]
fn an_address_where_nobody_answers_is_given_up_after_three_seconds() {
    let mut pair = Pair::new(Spec { round_trip: MILLIS(150), ..standby() }, 7);
    pair.inject(Fault::Silent(Role::Secondary));
    assert_eq!(dialled(pair.clone(), Address::Standby, 30_000), (Err(NoAnswer::Timeout), 3_000));
    assert_eq!(dialled(pair.clone(), Address::Standby, 2_999), (Err(NoAnswer::Late), 2_999));
    assert_eq!(pair.connect(Address::Standby), Err(NoAnswer::Timeout));
    // It went while the session came about.
    let faults = vec![(When::At(MILLIS(600)), Fault::Silent(Role::Secondary))];
    let pair = Pair::new(Spec { round_trip: MILLIS(150), faults, ..standby() }, 7);
    assert_eq!(dialled(pair, Address::Standby, 30_000), (Err(NoAnswer::Timeout), 3_000));
}
