//! Uses of the old crate, all of which still compile with the new one, though two of them send something else.

fn stays_media_type(client: &api::Client) -> apis::Call<()> {
    client.pets().replace_pet("<pet/>")
}

fn stays_octets(client: &api::Client, photo: Vec<u8>) -> apis::Call<()> {
    client.photos().create_photo(photo)
}

fn stays_discriminator_value(client: &api::Client, owl: api::types::Owl) -> apis::Call<()> {
    client.pets().create_pet(owl)
}
