//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_what_reads(client: &api::Client) -> apis::Call<api::types::Pet> {
    client.pets().get_pet()
}

fn stays_match_of_an_open_enum(kind: &api::types::PetKind) -> bool {
    match kind {
        api::types::PetKind::Cat => true,
        _ => false,
    }
}
