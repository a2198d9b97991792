//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_construction() -> api::types::Open {
    api::types::Open::new().a("a")
}

fn breaks_values_of_a_map(pet: &api::types::Pet) -> Option<&String> {
    pet.map.as_ref()?.get("key")
}

fn breaks_values_beside_fields(bag: &api::types::Bag) -> Option<&String> {
    bag.additional_properties.get("key")
}
