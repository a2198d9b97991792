//! The discriminator that a new alternative writes, and the alternative that each value of it selects.

use clients::Json;
use clients::tags::types::*;
use specwright_runtime::codec::{Encode, from_json, to_json};

fn json(text: &str) -> Json {
    from_json(text.as_bytes()).unwrap()
}

#[track_caller]
fn written(value: &dyn Encode, expected: &str) {
    assert_eq!(from_json::<Json>(&to_json(value)).unwrap(), json(expected));
}

/// Deserializes a text as one of the alternatives, and serializes it again.
macro_rules! comes_back {
    ($union:ty, $variant:pat, $text:expr) => {
        let value: $union = from_json($text.as_bytes()).unwrap();
        assert!(matches!(value, $variant), "{value:?}");
        written(&value, $text);
    };
}

#[test]
fn a_new_alternative_has_its_tag() {
    written(&Cat::new().lives(9), r#"{"kind": "kitty", "lives": 9}"#);
    written(&Dog::new(), r#"{"kind": "hound"}"#);
    written(&Fish::new(), r#"{"kind": "Fish"}"#);
    written(&Rock::new(), r#"{"kind": "rock"}"#);
    written(&Mammal::new(), r#"{"sort": "Mammal"}"#);
    written(&Whale::new().depth(3), r#"{"sort": "Whale", "depth": 3}"#);
    written(&Plant::new(), r#"{"sort": "Plant"}"#);
    written(&Calf::new().depth(1), r##"{"sort": "#calf", "depth": 1}"##);
    written(&Shape::from(Oval::new()), r#"{"shape": "oval"}"#);
    written(&OutcomeData::new(), r#"{"ok": true}"#);
    written(&OutcomeReason::new(), r#"{"ok": false}"#);
    written(&First::new(), r#"{"version": 1}"#);
    written(&Second::new(), r#"{"version": 2}"#);
    written(&Made::new(), r#"{"type": "made"}"#);
    written(&Fancy::new(), r#"{"@type": "a/fancy"}"#);
    // The alternative for an absent tag can be written without one.
    written(&Other::new(), r#"{}"#);
}

#[test]
fn every_value_of_a_tag_leads_to_its_alternative_and_back() {
    comes_back!(Pet, Pet::Cat(_), r#"{"kind": "kitty", "lives": 9}"#);
    comes_back!(Pet, Pet::Dog(_), r#"{"kind": "hound", "bark": true}"#);
    comes_back!(Pet, Pet::Fish(_), r#"{"kind": "Fish", "fins": 2}"#);
    comes_back!(Pet, Pet::Unknown(_), r#"{"kind": "Bird", "wings": 2}"#);
    comes_back!(Thing, Thing::Pet(Pet::Dog(_)), r#"{"kind": "hound"}"#);
    comes_back!(Thing, Thing::Pet(Pet::Fish(_)), r#"{"kind": "Fish", "fins": 1}"#);
    comes_back!(Thing, Thing::Rock(_), r#"{"kind": "rock", "weight": 1}"#);
    comes_back!(Animal, Animal::Whale(_), r#"{"sort": "Whale", "fur": false, "depth": 1}"#);
    comes_back!(Animal, Animal::Plant(_), r#"{"sort": "Plant"}"#);
    comes_back!(Animal, Animal::Calf(_), r##"{"sort": "#calf", "fur": true}"##);
    comes_back!(Shape, Shape::Oval(_), r#"{"shape": "oval", "size": 1}"#);
    comes_back!(Outcome, Outcome::Data(_), r#"{"ok": true, "data": "x"}"#);
    comes_back!(Outcome, Outcome::Reason(_), r#"{"ok": false, "reason": "x"}"#);
    comes_back!(Version, Version::First(_), r#"{"version": 1, "text": "x"}"#);
    comes_back!(Version, Version::Second(_), r#"{"version": 2, "lines": 4}"#);
    comes_back!(Event, Event::Made(_), r#"{"type": "made", "by": "x"}"#);
    comes_back!(Event, Event::Other(_), r#"{"type": "lost", "note": "x"}"#);
    comes_back!(Event, Event::Other(_), r#"{"note": "x"}"#);
    comes_back!(Untold, Untold::Plain(_), r#"{"@type": "a/plain", "text": "x"}"#);
    comes_back!(Untold, Untold::Fancy(_), r#"{"@type": "a/fancy", "text": "x"}"#);
}

#[test]
fn a_property_that_may_be_absent_is_no_tag() {
    written(&Account::from(User::new("1")), r#"{"id": "1"}"#);
    comes_back!(Account, Account::User(_), r#"{"id": "1"}"#);
    comes_back!(Account, Account::User(_), r#"{"id": "1", "role": "guest"}"#);
    comes_back!(Account, Account::Robot(_), r#"{"id": "1", "role": "worker"}"#);
}
