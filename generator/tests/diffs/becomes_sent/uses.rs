//! What a program does with the old crate, and what of it still compiles with the new one.

fn stays_what_reads(client: &api::Client) -> apis::Call<api::types::Pet> {
    client.pets().get_pet()
}

fn stays_match_of_an_open_enum(kind: &api::types::PetKind) -> bool {
    match kind {
        api::types::PetKind::Cat => true,
        _ => false,
    }
}
