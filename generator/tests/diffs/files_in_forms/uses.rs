//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_part_that_is_text(client: &api::Client) -> api::resources::pets::CreatePetCall {
    client.pets().create_pet().name("Bella")
}

fn breaks_part_that_is_a_file(client: &api::Client, photo: apis::File) -> api::resources::pets::CreatePetCall {
    client.pets().create_pet().photo(photo)
}

fn breaks_part_with_several_files(client: &api::Client, more: Vec<apis::File>) -> api::resources::pets::CreatePetCall {
    client.pets().create_pet().more(more)
}
