//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_all(client: &api::Client, pet: api::types::Pet) {
    let pet = pet.size("big").mood("calm").note("a").same("b");
    drop(client.pets().create_pet(pet).sort("up"));
}
