//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_constructor() -> api::types::Pet {
    api::types::Pet::new("1", "Rex")
}

fn stays_kept_name(pet: api::types::Pet) -> api::types::Pet {
    pet.colour("red")
}

fn stays_arguments(client: &api::Client) {
    let _ = client.owners().create_owner("Ann", "ann@example.com");
}

fn breaks_required_field(pet: &api::types::Pet) -> &str {
    &pet.name
}

fn breaks_optional_field(pet: &api::types::Pet) -> Option<i64> {
    pet.age
}

fn breaks_setter_of_call(client: &api::Client, date: apis::Date) {
    let _ = client.owners().create_owner("Ann", "ann@example.com").born(date);
}

fn breaks_removed_field(pet: &api::types::Pet) -> Option<&str> {
    pet.note.as_deref()
}
