//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_other_variants() -> api::types::PetKind {
    api::types::PetKind::Cat
}

fn stays_match_of_an_open_enum(kind: &api::types::PetKind) -> bool {
    match kind {
        api::types::PetKind::Cat => true,
        _ => false,
    }
}

fn breaks_removed_variant() -> api::types::PetKind {
    api::types::PetKind::Dog
}

fn breaks_match_of_a_closed_enum(mood: api::types::PetMood) -> bool {
    match mood {
        api::types::PetMood::Calm => true,
        api::types::PetMood::Wild => false,
    }
}

fn breaks_text_that_is_an_enum(pet: api::types::Pet) -> Option<String> {
    pet.size
}

fn breaks_enum_that_is_text(pet: api::types::Pet) -> bool {
    pet.word == Some(api::types::PetWord::A)
}
