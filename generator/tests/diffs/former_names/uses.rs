//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_method_and_setter(client: &api::Client) -> api::resources::pets::ListPetsCall {
    client.pets().list_pets().limit(2)
}

fn stays_types() -> api::types::Pet {
    api::types::Pet::new("Tom").home(api::types::PetHome::new().city("Ulm"))
}

fn stays_example() -> apis::testing::Example {
    api::examples::pets::LIST_PETS
}

fn stays_pattern(pet: &api::types::Pet) -> bool {
    match pet.kind {
        Some(api::types::Kind::Cat) => true,
        Some(api::types::Kind::Dog) => false,
        _ => false,
    }
}
